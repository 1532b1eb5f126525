import { Injectable } from '@nestjs/common';
import {
  conversationMessage,
  conversationPieces,
  type TurnKey,
  type TurnSaid,
  turnBody,
  turnsSaid,
} from '@weir/clickhouse';
import { uuid } from '@weir/contracts';
import { piecesOf, rebuildBody } from '@weir/transcripts';
import { InputError, Refusal } from '../platform/errors.js';
import type { Viewer } from '../platform/viewer.js';
import { UsageReader } from '../usage/reader.service.js';
import type { BodySide, RecordedBodyType, SaidMessageType, TurnSaidType, TurnsSaidType } from './bodies.types.js';
import { TranscriptReads } from './reads.service.js';
import { toBodyFacts } from './to-types.js';

const MAX_TURNS = 50;
const MESSAGE_ID = /^[0-9a-f]{64}$/;

/** What is stored of a body is not the body any more; nothing is shown in its place. */
class BodyBroken extends Refusal {
  constructor(cause: unknown) {
    super('BODY_BROKEN', 'What is stored of this body does not add up to it, so it is not shown.', {}, { cause });
  }
}

/** What was said. Whoever reads it stands in the audit trail. */
@Injectable()
export class BodiesService {
  constructor(
    private readonly reader: UsageReader,
    private readonly reads: TranscriptReads,
  ) {}

  /** What turns brought; of turns that are not there, nothing, and null where none is. @throws InputError on `eventIds` */
  async said(viewer: Viewer, conversationId: string, eventIds: readonly string[]): Promise<TurnsSaidType | null> {
    if (eventIds.length > MAX_TURNS) {
      throw new InputError('TURNS_TOO_MANY', `Ask for at most ${MAX_TURNS} turns at a time.`, 'eventIds');
    }
    const asked = eventIds.filter((id) => uuid.safeParse(id).success);
    if (asked.length === 0 || !uuid.safeParse(conversationId).success) return null;
    const found = await this.reader.ask((connection) => turnsSaid(connection, viewer.projectId, conversationId, asked));
    const [turn] = found.turns;
    if (turn === undefined) return null;
    await this.recordRead(viewer, conversationId, turn.eventId);
    return { turns: found.turns.map(toTurnSaid), messages: [...found.messages] };
  }

  async message(viewer: Viewer, conversationId: string, id: string): Promise<SaidMessageType | null> {
    if (!uuid.safeParse(conversationId).success || !MESSAGE_ID.test(id)) return null;
    const found = await this.reader.ask((connection) =>
      conversationMessage(connection, viewer.projectId, conversationId, id),
    );
    if (found) await this.recordRead(viewer, conversationId, null);
    return found;
  }

  /** null = there is no such turn, or not any more. @throws BodyBroken where its bytes are not those that were kept */
  async body(
    viewer: Viewer,
    conversationId: string,
    eventId: string,
    side: BodySide,
  ): Promise<RecordedBodyType | null> {
    if (!uuid.safeParse(conversationId).success || !uuid.safeParse(eventId).success) return null;
    const stored = await this.bytes(viewer, { conversationId, eventId }, side);
    if (stored === null) return null;
    if (stored.bytes === null) return { facts: stored.facts, text: null, base64: null };
    await this.reads.record(viewer, 'transcript.read_body', `${eventId} ${side}`, { conversationId });
    return { facts: stored.facts, ...asText(stored.bytes) };
  }

  /**
   * For those who record that it was read; `bytes`: null = nothing is kept. null = there is no such turn.
   * @throws BodyBroken
   */
  async bytes({ projectId }: Viewer, key: TurnKey, side: 'request' | 'response') {
    const stored = await this.reader.ask((connection) => turnBody(connection, projectId, key, side));
    if (stored === null) return null;
    const { skeleton } = stored;
    if (skeleton === null) return { facts: toBodyFacts(stored), bytes: null };
    const pieces = await this.reader.ask((connection) =>
      conversationPieces(connection, projectId, key.conversationId, piecesOf(skeleton)),
    );
    return { facts: toBodyFacts(stored), bytes: wholeBody(skeleton, pieces) };
  }

  private recordRead(viewer: Viewer, conversationId: string, eventId: string | null): Promise<void> {
    return this.reads.record(viewer, 'transcript.read', conversationId, eventId === null ? {} : { from: eventId });
  }
}

const toTurnSaid = (turn: TurnSaid): TurnSaidType => ({
  ...turn,
  inputIds: [...turn.inputIds],
  outputs: [...turn.outputs],
});

function wholeBody(skeleton: Buffer, pieces: ReadonlyMap<string, Buffer>): Buffer {
  try {
    return rebuildBody(skeleton, (id) => pieces.get(id));
  } catch (error) {
    throw new BodyBroken(error);
  }
}

function asText(bytes: Buffer): { text: string | null; base64: string | null } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), base64: null };
  } catch {
    // Audio, pictures, event streams of AWS: shown as they are, in base64.
    return { text: null, base64: bytes.toString('base64') };
  }
}
