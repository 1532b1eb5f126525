import { newId } from '@weir/contracts';
import { searchWords } from '../../src/index.js';
import type { TranscriptMessageRow, TranscriptTurnRow } from '../../src/tables/transcripts/rows.js';
import { eventRow, timeText } from './rows.js';

/** A plausible turn of a conversation at `startedAtMs`, of the call that `eventRow` makes. */
export function turnRow(
  projectId: string,
  conversationId: string,
  startedAtMs: number,
  over: Partial<TranscriptTurnRow> = {},
): TranscriptTurnRow {
  const event = eventRow(projectId, startedAtMs);
  return {
    project_id: projectId,
    conversation_id: conversationId,
    started_at: timeText(startedAtMs),
    event_id: event.event_id,
    call_id: event.call_id,
    attempt: 1,
    environment: event.environment,
    provider: event.provider,
    provider_id: newId(),
    provider_type: 'openai',
    endpoint: event.endpoint,
    path: event.path,
    requested_model: event.requested_model,
    served_model: event.served_model,
    streamed: false,
    app_id: event.app_id,
    user: null,
    app: event.app,
    agent: null,
    tags: {},
    stated_id: null,
    inferred_by: null,
    relation: 'starts',
    parent_event_id: null,
    spawn_call_id: null,
    agent_id: null,
    parent_agent_id: null,
    parent_session_id: null,
    trace_id: null,
    span_id: null,
    response_id: null,
    outcome: 'completed',
    error_code: null,
    status: 200,
    upstream_error_code: null,
    upstream_error_message: null,
    incomplete_reason: null,
    is_failed: false,
    awaits_tool: false,
    first_token_ms: null,
    duration_ms: 30.25,
    title: 'What water is this?',
    system_id: '',
    tools_id: '',
    input_ids: [],
    input_known: 0,
    output_ids: [],
    text_ids: [],
    finish_reasons: [],
    native_finish_reasons: [],
    ...kept('request'),
    ...kept('response'),
    expires_at: dayAfter(30),
    batch_id: 'batch-1',
    ...over,
  };
}

/** `YYYY-MM-DD` so many days from now, UTC. */
export const dayAfter = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

export function messageRow(
  turn: TranscriptTurnRow,
  id: string,
  text: string,
  over: Partial<TranscriptMessageRow> = {},
): TranscriptMessageRow {
  return {
    project_id: turn.project_id,
    conversation_id: turn.conversation_id,
    id,
    kind: 'message',
    role: 'user',
    content: JSON.stringify({ role: 'user', parts: [{ type: 'text', content: text }] }),
    words: searchWords(text).join(' '),
    app_id: turn.app_id,
    user: turn.user,
    expires_at: turn.expires_at,
    ...over,
  };
}

function kept<Side extends 'request' | 'response'>(side: Side) {
  return {
    [`${side}_state`]: 'off',
    [`${side}_reason`]: null,
    [`${side}_content_type`]: 'application/json',
    [`${side}_bytes`]: 100,
    [`${side}_kept_bytes`]: 0,
    [`${side}_redactions`]: {},
    [`${side}_skeleton`]: '',
  } as Pick<
    TranscriptTurnRow,
    `${Side}_${'state' | 'reason' | 'content_type' | 'bytes' | 'kept_bytes' | 'redactions' | 'skeleton'}`
  >;
}
