import { z } from 'zod';
import type { Reader } from '../../client.js';
import { RETAINED } from './retained.js';
import { type BodyFacts, turnRow } from './turn.js';
import { ofTurn, type TurnKey } from './turn-messages.js';

/** A recorded body as it is stored; `rebuildBody` of the transcripts package makes the bytes of it. */
export interface TurnBody extends BodyFacts {
  /** null = nothing is kept; `state` and `reason` say why. */
  readonly skeleton: Buffer | null;
}

/** One body of a turn; null when there is no such turn, or none any more. */
export async function turnBody(
  reader: Reader,
  projectId: string,
  key: TurnKey,
  side: 'request' | 'response',
): Promise<TurnBody | null> {
  const columns = ['state', 'reason', 'bytes', 'redactions', 'skeleton'].map(
    (column) => `${side}_${column} AS ${column}`,
  );
  const [body] = await reader.query({
    name: 'turn-body',
    ...ofTurn(projectId, key, {
      columns: [...columns, `${side}_content_type AS contentType`, `${side}_kept_bytes AS keptBytes`].join(', '),
      params: {},
    }),
    row: turnRow.shape.request.extend({ skeleton: z.string() }),
  });
  if (body === undefined) return null;
  return { ...body, skeleton: body.skeleton === '' ? null : Buffer.from(body.skeleton, 'base64') };
}

/** Ids asked for at once. */
const IDS_AT_ONCE = 2_000;

/** Pieces of a conversation by their ids (SHA-256 in hex), as far as they are stored. */
export async function conversationPieces(
  reader: Reader,
  projectId: string,
  conversationId: string,
  ids: readonly string[],
): Promise<Map<string, Buffer>> {
  const wanted = [...new Set(ids)];
  const found = new Map<string, Buffer>();
  for (let at = 0; at < wanted.length; at += IDS_AT_ONCE) {
    const rows = await reader.query({
      name: 'conversation-pieces',
      sql: `SELECT id, is_base64 AS isBase64, data FROM transcript_pieces_v1
        WHERE project_id = {projectId:UUID} AND conversation_id = {conversationId:UUID} AND id IN {ids:Array(String)}
          AND ${RETAINED} LIMIT 1 BY id`,
      params: { projectId, conversationId, ids: wanted.slice(at, at + IDS_AT_ONCE) },
      row: z.object({ id: z.string(), isBase64: z.boolean(), data: z.string() }),
    });
    for (const { id, isBase64, data } of rows) found.set(id, Buffer.from(data, isBase64 ? 'base64' : 'utf8'));
  }
  return found;
}
