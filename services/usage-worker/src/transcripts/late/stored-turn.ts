import { conversationPieces, type Reader, type StoredTurnRow } from '@weir/clickhouse';
import { type RecordedBody, recordedBody, type TranscriptHead } from '@weir/contracts';
import { type NativeIds, piecesOf, RebuildError, readNativeIds, rebuildBody } from '@weir/transcripts';
import { bodyOf, type ReadTurn, turnOf } from '../read-turn.js';

type StatedBy = NonNullable<NativeIds['conversation']>['inferredBy'];

/** A turn read once more out of what is stored of it, without what is stored already. @returns null = not all of it is there */
export async function storedTurn(reader: Reader, row: StoredTurnRow): Promise<ReadTurn | null> {
  const skeletons = [row.request_skeleton, row.response_skeleton].map((text) => Buffer.from(text, 'base64'));
  const ids = skeletons.flatMap((rest) => (rest.length === 0 ? [] : piecesOf(rest)));
  const pieces = await conversationPieces(reader, row.project_id, row.conversation_id, ids);
  const [request, response] = skeletons.map((rest) => rebuilt(rest, pieces));
  if (!request || !response) return null;
  const { previousResponseId } = readNativeIds(() => null, bodyOf(request), row.path);
  const stated = {
    conversation: row.stated_id === null ? null : { id: row.stated_id, inferredBy: row.inferred_by as StatedBy },
    previousResponseId,
    agentId: row.agent_id,
    parentAgentId: row.parent_agent_id,
    // What remains of these is in the row, which is kept.
    parentConversationId: null,
    trace: null,
  };
  const turn = turnOf(headOf(row), stated, request, response, row.batch_id);
  return {
    ...turn,
    said: { ...turn.said, rows: [] },
    requestBody: null,
    responseBody: null,
    expiresOn: row.expires_at,
  };
}

function rebuilt(rest: Buffer, pieces: ReadonlyMap<string, Buffer>): Buffer | null {
  if (rest.length === 0) return rest;
  try {
    return rebuildBody(rest, (id) => pieces.get(id));
  } catch (error) {
    if (error instanceof RebuildError) return null;
    throw error;
  }
}

function headOf(row: StoredTurnRow): TranscriptHead {
  return {
    v: 1,
    eventId: row.event_id,
    callId: row.call_id,
    attempt: row.attempt,
    projectId: row.project_id,
    environment: row.environment,
    providerId: row.provider_id,
    provider: row.provider,
    providerType: row.provider_type,
    endpoint: row.endpoint,
    path: row.path,
    requestedModel: row.requested_model,
    servedModel: row.served_model,
    streamed: row.streamed,
    appId: row.app_id,
    app: row.app,
    user: row.user,
    agent: row.agent,
    tags: row.tags,
    session: null,
    traceId: row.trace_id,
    outcome: row.outcome,
    errorCode: row.error_code,
    status: row.status,
    startedAt: Date.parse(`${row.started_at.replace(' ', 'T')}Z`),
    firstTokenMs: row.first_token_ms,
    durationMs: row.duration_ms,
    retentionDays: 1,
    headers: {},
    request: bodyOfRow(row, 'request'),
    response: bodyOfRow(row, 'response'),
  };
}

function bodyOfRow(row: StoredTurnRow, side: 'request' | 'response'): RecordedBody {
  return {
    state: recordedBody.shape.state.parse(row[`${side}_state`]),
    reason: row[`${side}_reason`],
    contentType: row[`${side}_content_type`],
    bytes: row[`${side}_bytes`],
    redactions: row[`${side}_redactions`],
    compressedBytes: 0,
    keptBytes: row[`${side}_kept_bytes`],
  };
}
