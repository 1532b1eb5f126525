import {
  searchWords,
  type TranscriptMessageRow,
  type TranscriptTurnRow,
  transcriptMessagesTable,
  transcriptPiecesTable,
  transcriptTurnsTable,
  writer,
} from '@weir/clickhouse';
import { newId } from '@weir/contracts';
import { type Message, messageId, splitBody } from '@weir/transcripts';

/** What a test says about a turn; everything else is made up. */
export interface RecordedTurn {
  readonly projectId: string;
  readonly conversationId: string;
  readonly at: number;
  readonly inputs?: readonly Message[];
  readonly outputs?: readonly Message[];
  readonly request?: Buffer;
  readonly turn?: Partial<TranscriptTurnRow>;
}

const inThirtyDays = () => new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

function turnRow({ projectId, conversationId, at, inputs = [], outputs = [], request, turn }: RecordedTurn) {
  const skeleton = request ? splitBody(request).skeleton.toString('base64') : '';
  const nothing = { state: 'off', reason: null, content_type: 'application/json', bytes: 100, kept_bytes: 0 };
  const prefixed = (side: string, body: object) =>
    Object.fromEntries(Object.entries(body).map(([key, value]) => [`${side}_${key}`, value]));
  return {
    ...{ project_id: projectId, conversation_id: conversationId, event_id: newId(), call_id: newId(), attempt: 1 },
    ...{ started_at: new Date(at).toISOString().replace('T', ' ').slice(0, 23), environment: 'production' },
    ...{ provider: 'alpha', provider_id: newId(), provider_type: 'openai', endpoint: 'chat.completions' },
    ...{ path: '/v1/chat/completions', requested_model: 'gpt-x', served_model: 'gpt-x', streamed: false },
    ...{ app_id: newId(), user: null, app: 'shop', agent: null, tags: {}, stated_id: null, inferred_by: null },
    ...{ relation: 'starts', parent_event_id: null, spawn_call_id: null, agent_id: null, parent_agent_id: null },
    ...{ parent_session_id: null, trace_id: null, span_id: null, response_id: null, outcome: 'completed' },
    ...{ error_code: null, status: 200, upstream_error_code: null, upstream_error_message: null },
    ...{ incomplete_reason: null, is_failed: false, awaits_tool: false, first_token_ms: 12.5, duration_ms: 30.25 },
    ...{ title: '', system_id: '', tools_id: '', input_known: 0 },
    input_ids: inputs.map(messageId),
    output_ids: outputs.map(messageId),
    finish_reasons: outputs.map(() => 'stop'),
    native_finish_reasons: outputs.map(() => 'stop'),
    ...prefixed('request', { ...nothing, redactions: {}, skeleton: '' }),
    ...prefixed('response', { ...nothing, redactions: {}, skeleton: '' }),
    ...(request && { request_state: 'redacted', request_redactions: { email: 2 }, request_skeleton: skeleton }),
    ...{ expires_at: inThirtyDays(), batch_id: 'batch' },
    ...turn,
  } as TranscriptTurnRow;
}

function messageRows(row: TranscriptTurnRow, messages: readonly Message[]): TranscriptMessageRow[] {
  const { project_id, conversation_id, app_id, user, expires_at } = row;
  return messages.map((message) => ({
    ...{ project_id, conversation_id, app_id, user, expires_at },
    ...{ id: messageId(message), kind: 'message' as const, role: message.role, content: JSON.stringify(message) },
    words: searchWords(JSON.stringify(message.parts)).join(' '),
  }));
}

/** Stores turns with all they refer to, as the worker would. @returns their event ids */
export async function storeTurns(clickhouseUrl: string, turns: readonly RecordedTurn[]): Promise<string[]> {
  const client = writer(clickhouseUrl);
  try {
    const rows = turns.map((turn) => ({ turn, row: turnRow(turn) }));
    const messages = rows.flatMap(({ turn: { inputs = [], outputs = [] }, row }) =>
      messageRows(row, [...inputs, ...outputs]),
    );
    const pieces = rows.flatMap(({ turn: { request }, row }) =>
      (request ? splitBody(request).pieces : []).map(({ id, bytes }) => ({
        ...{ project_id: row.project_id, conversation_id: row.conversation_id, id, is_base64: true },
        ...{ data: bytes.toString('base64'), app_id: row.app_id, user: row.user, expires_at: row.expires_at },
      })),
    );
    if (messages.length > 0) await transcriptMessagesTable(client).insert(messages);
    if (pieces.length > 0) await transcriptPiecesTable(client).insert(pieces);
    await transcriptTurnsTable(client).insert(rows.map(({ row }) => row));
    return rows.map(({ row }) => row.event_id);
  } finally {
    await client.close();
  }
}
