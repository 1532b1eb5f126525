import { usageSourceOf } from '../counts/usage-source.js';
import { MemberPaths, type MemberScanner } from '../json/member-scanner.js';
import { objectOf } from '../json/value.js';
import { errorCodeOf } from '../openai/error.js';
import { EMPTY_REPLY, type ReplyRules, type ReplyState } from '../reply/reply-rules.js';
import { keyMark, textMark } from '../sse/mark-search.js';
import { cohereCounts } from './usage.js';

interface NativeState extends ReplyState {
  readonly rawUsage: string | null;
}

/** Version 2 states `usage`, version 1 `meta`; a stream of version 1 repeats the whole answer in its last line. */
const BODY_USAGE = ['usage', 'meta'];
const EVENT_USAGE = ['delta.usage', 'response.meta'];
const WRITES =
  /^(?:content-delta|tool-plan-delta|tool-call-(?:start|delta)|text-generation|tool-calls-(?:chunk|generation))$/;
const ENDS: ReadonlySet<unknown> = new Set(['message-end', 'stream-end']);

/** https://docs.cohere.com/v2/reference/chat-stream */
export const nativeReply: ReplyRules<NativeState> = {
  initial: { ...EMPTY_REPLY, rawUsage: null },
  bodyPaths: new MemberPaths([...BODY_USAGE, 'error', 'message']),
  eventPaths: new MemberPaths([
    'type',
    'event_type',
    'finish_reason',
    'error',
    'delta.error',
    'message',
    ...EVENT_USAGE,
  ]),
  marks: [keyMark('usage'), keyMark('error'), textMark('message-end')],
  endEvent: null,
  body: (state, members) => ({
    ...state,
    rawUsage: usageIn(members, BODY_USAGE),
    errorCode: errorIn(members, 'error'),
  }),
  event(state, members) {
    const type = members.value('type') ?? members.value('event_type');
    return {
      ...state,
      sawToken: state.sawToken || (typeof type === 'string' && WRITES.test(type)),
      finished: state.finished || ENDS.has(type),
      rawUsage: usageIn(members, EVENT_USAGE) ?? state.rawUsage,
      errorCode: errorCodeOf(members.value('delta.error')) ?? errorIn(members, 'error') ?? state.errorCode,
    };
  },
  reading({ serviceTier, servedModel, errorCode, finished, rawUsage }) {
    const { meters, otherMeters } = cohereCounts(rawUsage === null ? null : objectOf(parsed(rawUsage)));
    return {
      ...{ servedModel, serviceTier, meters, otherMeters, rawUsage, errorCode, finished },
      usageSource: usageSourceOf({ meters, otherMeters, isFinal: finished }),
      providerStatedCostUsd: null,
    };
  },
};

/** An error is `{"message":"..."}` and nothing else; the message of an answer is an object. */
function errorIn(members: MemberScanner, path: string): string | null {
  return errorCodeOf(members.value(path)) ?? (typeof members.value('message') === 'string' ? 'error' : null);
}

function usageIn(members: MemberScanner, paths: readonly string[]): string | null {
  return paths.map((path) => members.text(path)).find((text) => text?.startsWith('{')) ?? null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // What was sent as usage is no JSON: nothing is stated, and the text is kept for whoever looks.
    return null;
  }
}
