import { MemberPaths, type MemberScanner } from '../json/member-scanner.js';
import { textOf } from '../json/value.js';
import { EMPTY_REPLY, type ReplyRules, type ReplyState } from '../reply/reply-rules.js';
import { keyMark, textMark } from '../sse/mark-search.js';
import { TOOL_MEMBERS, toolUses } from './built-in-tools.js';
import { errorCodeOf } from './error.js';
import { type Reading, reading } from './reading.js';
import { MODEL_MAX_LENGTH, TIER_MAX_LENGTH } from './wire.js';

interface ResponsesState extends ReplyState {
  readonly rawUsage: string | null;
  readonly toolUses: Readonly<Record<string, number>>;
}

const TERMINAL: ReadonlySet<unknown> = new Set(['response.completed', 'response.incomplete', 'response.failed']);
const FIELDS = ['model', 'service_tier', 'usage', 'error', ...TOOL_MEMBERS];

const BODY_PATHS = new MemberPaths(FIELDS);
const EVENT_PATHS = new MemberPaths(['type', 'code', 'error', ...FIELDS.map((field) => `response.${field}`)]);

/** Responses: a stream repeats the whole answer under `response` when it begins and when it ends. */
export function responsesReplyAs(how: Reading): ReplyRules<ResponsesState> {
  return {
    initial: { ...EMPTY_REPLY, rawUsage: null, toolUses: {} },
    bodyPaths: BODY_PATHS,
    eventPaths: EVENT_PATHS,
    marks: [keyMark('response'), textMark('"error"')],
    endEvent: null,
    body: (state, members) => stated(state, members, ''),
    event(state, members) {
      const type = members.value('type');
      const next = stated(state, members, 'response.');
      return {
        ...next,
        sawToken: state.sawToken || (typeof type === 'string' && type.endsWith('.delta')),
        finished: state.finished || TERMINAL.has(type),
        errorCode: next.errorCode ?? streamError(type, members),
      };
    },
    reading: (state) => reading(state, state.finished, how, state.toolUses),
  };
}

/** `{"type":"error","code":...}` as OpenAI documents it; some servers nest it as in a chat stream. */
function streamError(type: unknown, members: MemberScanner): string | null {
  const nested = errorCodeOf(members.value('error'));
  if (nested !== null || type !== 'error') return nested;
  return errorCodeOf({ code: members.value('code'), type: 'error' });
}

function stated(state: ResponsesState, members: MemberScanner, prefix: string): ResponsesState {
  const usage = members.text(`${prefix}usage`);
  return {
    ...state,
    servedModel: textOf(members.value(`${prefix}model`), MODEL_MAX_LENGTH) ?? state.servedModel,
    serviceTier: textOf(members.value(`${prefix}service_tier`), TIER_MAX_LENGTH) ?? state.serviceTier,
    errorCode: errorCodeOf(members.value(`${prefix}error`)) ?? state.errorCode,
    rawUsage: usage?.startsWith('{') ? usage : state.rawUsage,
    // The answer as it is repeated at the end has all of them.
    toolUses: { ...state.toolUses, ...toolUses(members, prefix) },
  };
}
