import { parseTraceparent, type TraceParent } from '@weir/contracts';
import { objectOf } from '@weir/providers';

/** By what a turn was put into its conversation. */
export type InferredBy = 'header' | 'provider_id' | 'session_header' | 'prefix';

/** What a call says itself about the conversation it belongs to. */
export interface NativeIds {
  readonly conversation: { readonly id: string; readonly inferredBy: Exclude<InferredBy, 'prefix'> } | null;
  /** The upstream's id of the answer this call goes on from; what was said before is kept there. */
  readonly previousResponseId: string | null;
  /** Which of the agents of a session calls; null = its first. */
  readonly agentId: string | null;
  readonly parentAgentId: string | null;
  /** The session that started this one, where a sub-agent has one of its own. */
  readonly parentConversationId: string | null;
  /** Where the call stands in its W3C trace. */
  readonly trace: TraceParent | null;
}

const ID_MAX_LENGTH = 255;

/**
 * In order of precedence, within one app's calls:
 * Claude Code (https://code.claude.com/docs/en/llm-gateway-protocol), Codex
 * (https://github.com/openai/codex/tree/main/codex-rs/codex-api/src/requests), OpenCode
 * (https://github.com/sst/opencode/tree/dev/packages/opencode/src/session).
 */
const SESSION_HEADERS = [
  ...['x-claude-code-session-id', 'session-id', 'session_id', 'conversation_id', 'x-opencode-session'],
  ...['x-session-affinity', 'x-session-id'],
] as const;

const THREAD_HEADERS = ['thread-id', 'thread_id'] as const;

/** Every header a call may name its conversation, its agent or its trace with, in lower case; no other one is read. */
export const NATIVE_ID_HEADERS: readonly string[] = [
  ...['x-weir-conversation', 'baggage', 'traceparent', ...SESSION_HEADERS, ...THREAD_HEADERS],
  ...['x-codex-parent-thread-id', 'x-claude-code-agent-id', 'x-claude-code-parent-agent-id', 'x-parent-session-id'],
];

/** What an upstream keeps is also read, cancelled and added to by its address: answers in the background among it. */
const STORED_ANSWER = /(?:^|\/)(?:responses\/(?=resp_)|interactions\/)([^/?:]+)/;
const STORED_CONVERSATION = /(?:^|\/)conversations\/(?=conv_)([^/?:]+)/;

/**
 * @param header first value of a request header by its name in lower case, null when absent
 * @param body the request's parsed JSON; anything else says nothing
 * @param path of the call at its upstream
 * @param session which the upstream keeps over several calls, by its name there; null = none
 */
export function readNativeIds(
  header: (name: string) => string | null,
  body: unknown,
  path = '',
  session: string | null = null,
): NativeIds {
  const request = objectOf(body) ?? {};
  const named = (name: string) => idOf(header(name));
  const client = firstOf(SESSION_HEADERS.map(named));
  const thread = firstOf(THREAD_HEADERS.map(named));
  const parentThread = named('x-codex-parent-thread-id');
  return {
    conversation: conversationOf(
      named('x-weir-conversation') ?? conversationOfBaggage(header('baggage')),
      idOf(request.conversation) ??
        idOf(objectOf(request.conversation)?.id) ??
        idOf(STORED_CONVERSATION.exec(path)?.[1]) ??
        idOf(session),
      client ?? thread ?? claudeSession(objectOf(request.metadata)?.user_id),
    ),
    previousResponseId:
      idOf(request.previous_response_id) ??
      idOf(request.previous_interaction_id) ??
      idOf(STORED_ANSWER.exec(path)?.[1]),
    // The first thread of a Codex session has the session's id.
    agentId:
      named('x-claude-code-agent-id') ?? (thread !== null && thread !== client && client !== null ? thread : null),
    parentAgentId: named('x-claude-code-parent-agent-id') ?? parentThread,
    parentConversationId: named('x-parent-session-id'),
    trace: parseTraceparent(header('traceparent')),
  };
}

function conversationOf(stated: string | null, kept: string | null, id: string | null): NativeIds['conversation'] {
  if (stated !== null) return { id: stated, inferredBy: 'header' };
  if (kept !== null) return { id: kept, inferredBy: 'provider_id' };
  return id === null ? null : { id, inferredBy: 'session_header' };
}

/** Claude Code's `metadata.user_id`: a JSON object, in older versions a text that ends in the session. */
function claudeSession(userId: unknown): string | null {
  if (typeof userId !== 'string') return null;
  const legacy = /_session_([0-9a-f][0-9a-f-]{7,63})$/i.exec(userId)?.[1];
  if (legacy !== undefined) return legacy;
  if (!userId.startsWith('{')) return null;
  try {
    return idOf(objectOf(JSON.parse(userId))?.session_id);
  } catch {
    // An id that only begins like JSON names no session.
    return null;
  }
}

/** `gen_ai.conversation.id` of W3C baggage (https://www.w3.org/TR/baggage/); null = it names none. */
export function conversationOfBaggage(baggage: string | null): string | null {
  for (const member of (baggage ?? '').split(',')) {
    const [pair = ''] = member.split(';', 1);
    const equals = pair.indexOf('=');
    if (equals < 0 || pair.slice(0, equals).trim() !== 'gen_ai.conversation.id') continue;
    try {
      return idOf(decodeURIComponent(pair.slice(equals + 1).trim()));
    } catch {
      // No valid escapes: nothing that could be told again.
      return null;
    }
  }
  return null;
}

function idOf(value: unknown): string | null {
  const id = typeof value === 'string' ? value.trim() : '';
  return id === '' || id.length > ID_MAX_LENGTH || /\p{Cc}/u.test(id) ? null : id;
}

function firstOf(ids: readonly (string | null)[]): string | null {
  return ids.find((id) => id !== null) ?? null;
}
