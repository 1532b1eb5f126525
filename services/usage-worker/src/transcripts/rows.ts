import {
  type TranscriptBuriedLinkRow,
  type TranscriptLinkRow,
  type TranscriptTurnRow,
  type TranscriptWantedRow,
  timeText,
} from '@weir/clickhouse';
import type { RecordedBody } from '@weir/contracts';
import type { SplitBody } from '@weir/transcripts';
import { linksOf, type PlacedTurn } from './placed-turn.js';

/** Half a surrogate pair has no UTF-8 form, and one of them would make the server refuse the whole batch. */
const text = (value: string): string => value.toWellFormed();
const maybe = (value: string | null): string | null => (value === null ? null : text(value));

const FINE: ReadonlySet<string> = new Set(['completed', 'client_closed']);

/** @param inputKnown of the messages it asked with, how many its parent had */
export function turnRowOf(one: PlacedTurn, inputKnown: number): TranscriptTurnRow {
  const { turn, conversationId, placement } = one;
  const { head, native, reply, said } = turn;
  const [error] = reply?.errors ?? [];
  const outputs = reply?.outputMessages ?? [];
  const isCut = head.response.state === 'truncated';
  return {
    project_id: head.projectId,
    conversation_id: conversationId,
    started_at: timeText(head.startedAt),
    event_id: head.eventId,
    call_id: head.callId,
    attempt: head.attempt,
    environment: text(head.environment),
    provider: head.provider,
    provider_id: head.providerId,
    provider_type: head.providerType,
    endpoint: text(head.endpoint),
    path: text(head.path),
    requested_model: maybe(head.requestedModel),
    served_model: maybe(head.servedModel),
    streamed: head.streamed,
    app_id: head.appId,
    user: maybe(head.user),
    app: text(head.app),
    agent: maybe(head.agent),
    tags: Object.fromEntries(Object.entries(head.tags).map(([key, value]) => [text(key), text(value)])),
    stated_id: maybe(turn.statedId),
    inferred_by: placement.inferredBy,
    relation: placement.relation,
    parent_event_id: placement.parentTurnId,
    spawn_call_id: maybe(placement.callId),
    agent_id: maybe(native.agentId),
    parent_agent_id: maybe(native.parentAgentId),
    parent_session_id: native.parentConversationId,
    trace_id: head.traceId ?? native.trace?.traceId ?? null,
    span_id: native.trace?.spanId ?? null,
    response_id: maybe(reply?.responseId ?? null),
    outcome: head.outcome,
    error_code: maybe(head.errorCode),
    status: head.status,
    upstream_error_code: maybe(error?.code ?? null),
    upstream_error_message: maybe(error?.message ?? null),
    incomplete_reason: isCut ? null : (reply?.incompleteReason ?? null),
    is_failed: !FINE.has(head.outcome) || (head.status ?? 0) >= 400 || error !== undefined,
    awaits_tool: outputs.some(({ parts }) => parts.some(({ type }) => type === 'tool_call')),
    first_token_ms: head.firstTokenMs,
    duration_ms: head.durationMs,
    title: text(turn.title),
    system_id: said.systemId,
    tools_id: said.toolsId,
    input_ids: [...said.inputIds],
    input_known: inputKnown,
    output_ids: [...said.outputIds],
    text_ids: [...said.textIds],
    finish_reasons: outputs.map(({ finish_reason }) => text(finish_reason ?? '')),
    native_finish_reasons: outputs.map(({ native_finish_reason }) => text(native_finish_reason ?? '')),
    ...bodyColumns('request', head.request, turn.requestBody),
    ...bodyColumns('response', head.response, turn.responseBody),
    expires_at: turn.expiresOn,
    batch_id: turn.batchId,
  };
}

function bodyColumns<Side extends 'request' | 'response'>(side: Side, body: RecordedBody, split: SplitBody | null) {
  return {
    [`${side}_state`]: body.state,
    [`${side}_reason`]: body.reason,
    [`${side}_content_type`]: text(body.contentType),
    [`${side}_bytes`]: body.bytes,
    [`${side}_kept_bytes`]: body.keptBytes,
    [`${side}_redactions`]: body.redactions,
    [`${side}_skeleton`]: split === null ? '' : split.skeleton.toString('base64'),
  } as Pick<
    TranscriptTurnRow,
    `${Side}_${'state' | 'reason' | 'content_type' | 'bytes' | 'kept_bytes' | 'redactions' | 'skeleton'}`
  >;
}

/** @param storedAt UTC epoch ms */
export function linkRowsOf(one: PlacedTurn, storedAt: number): TranscriptLinkRow[] {
  const { head, expiresOn } = one.turn;
  const stored = timeText(storedAt);
  return linksOf(one).map(({ started_at_ms, call_id, ...link }) => ({
    ...link,
    call_id: maybe(call_id),
    project_id: head.projectId,
    started_at: timeText(started_at_ms),
    app_id: head.appId,
    user: maybe(head.user),
    provider_id: head.providerId,
    expires_at: expiresOn,
    stored_at: stored,
  }));
}

/** What comes later than this is not put together any more. */
const WANTED_FOR_MS = 3 * 86_400_000;

/** @param storedAt UTC epoch ms */
export function wantedRowsOf({ turn, conversationId, wanted }: PlacedTurn, storedAt: number): TranscriptWantedRow[] {
  const { head, expiresOn } = turn;
  const until = new Date(storedAt + WANTED_FOR_MS).toISOString().slice(0, 10);
  const [expires] = [until, expiresOn].toSorted() as [string, string];
  return wanted.map(({ kind, key }) => ({
    project_id: head.projectId,
    key,
    kind,
    event_id: head.eventId,
    conversation_id: conversationId,
    started_at: timeText(head.startedAt),
    app_id: head.appId,
    user: maybe(head.user),
    provider_id: head.providerId,
    expires_at: expires,
  }));
}

/** What is kept of a turn that came after its conversation was deleted, so that the next one is known, too. */
export function buriedLinkRowsOf(one: PlacedTurn, orderedAt: number): TranscriptBuriedLinkRow[] {
  return linkRowsOf(one, 0).map(
    ({ call_id: _call, app_id: _app, user: _user, provider_id: _provider, stored_at: _stored, ...link }) => ({
      ...link,
      ordered_at: timeText(orderedAt),
    }),
  );
}

/**
 * Of the messages a turn asks with, how many are none of its own: up to the last one that its parent asked or was
 * answered with, and the answer after it, which some clients send back in other words.
 */
export function knownOf({ turn, placement }: PlacedTurn, parentIds: ReadonlySet<string> | undefined): number {
  const { inputIds, inputRoles } = turn.said;
  if (parentIds === undefined || placement.relation === 'spawned') return 0;
  let known = inputIds.findLastIndex((id) => parentIds.has(id)) + 1;
  while (known > 0 && known < inputIds.length - 1 && inputRoles[known] === 'assistant') known++;
  return known;
}
