import { MemberPaths, type MemberScanner } from '../json/member-scanner.js';
import { textOf } from '../json/value.js';
import type { UsageReading } from '../provider-type.js';
import { EMPTY_REPLY, eventOf, type ReplyRules, type ReplyState } from '../reply/reply-rules.js';
import { keyMark, textMark } from '../sse/mark-search.js';
import { errorCodeOf } from './error.js';
import { reading } from './reading.js';
import { MODEL_MAX_LENGTH, readChoices, TIER_MAX_LENGTH } from './wire.js';

interface ChatState extends ReplyState {
  readonly rawUsage: string | null;
  /** The usage is the last word: it came alone, or with the reason why the model stopped. */
  readonly isUsageFinal: boolean;
}

const FIELDS = ['model', 'service_tier', 'usage', 'error', 'object', 'type', 'code'];

/** Chat completions, completions and embeddings: a chunk of a stream has the members of a whole answer. */
export const chatReply: ReplyRules<ChatState> = {
  initial: { ...EMPTY_REPLY, rawUsage: null, isUsageFinal: false },
  bodyPaths: new MemberPaths(FIELDS),
  eventPaths: new MemberPaths([...FIELDS, 'choices']),
  marks: [keyMark('usage'), keyMark('error'), textMark('[DONE]')],
  endEvent: eventOf('[DONE]'),
  body: stated,
  event(state, members) {
    const next = stated(state, members);
    const isUsageHere = hasUsage(members);
    if (state.sawToken && !isUsageHere) return next;
    const choices = readChoices(members.value('choices'));
    return {
      ...next,
      sawToken: state.sawToken || (choices?.hasContent ?? false),
      isUsageFinal: state.isUsageFinal || (isUsageHere && (choices === null || choices.isEmpty || choices.isFinished)),
    };
  },
  reading: (state): UsageReading => reading(state, state.isUsageFinal || state.finished),
};

function hasUsage(members: MemberScanner): boolean {
  return members.text('usage')?.startsWith('{') ?? false;
}

function stated(state: ChatState, members: MemberScanner): ChatState {
  // vLLM's errors are the whole object: {"object":"error","type":"BadRequestError",...}.
  const isError = members.value('object') === 'error';
  const error = isError ? { type: members.value('type'), code: members.value('code') } : members.value('error');
  return {
    ...state,
    servedModel: textOf(members.value('model'), MODEL_MAX_LENGTH) ?? state.servedModel,
    serviceTier: textOf(members.value('service_tier'), TIER_MAX_LENGTH) ?? state.serviceTier,
    errorCode: errorCodeOf(error) ?? state.errorCode,
    rawUsage: hasUsage(members) ? members.text('usage') : state.rawUsage,
  };
}
