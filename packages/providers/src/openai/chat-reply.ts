import { MemberPaths, type MemberScanner } from '../json/member-scanner.js';
import { textOf } from '../json/value.js';
import type { UsageReading } from '../provider-type.js';
import { EMPTY_REPLY, eventOf, type ReplyRules, type ReplyState } from '../reply/reply-rules.js';
import { keyMark, textMark } from '../sse/mark-search.js';
import { errorCodeOf } from './error.js';
import { type Reading, reading } from './reading.js';
import { MODEL_MAX_LENGTH, readChoices, TIER_MAX_LENGTH } from './wire.js';

interface ChatState extends ReplyState {
  readonly rawUsage: string | null;
  /** The usage is the last word: it came alone, or with the reason why the model stopped. */
  readonly isUsageFinal: boolean;
}

/**
 * Chat completions, completions and embeddings: a chunk of a stream has the members of a whole answer.
 * @param how the conventions of the upstream
 */
export function chatReplyAs(how: Reading): ReplyRules<ChatState> {
  const { otherUsagePath } = how.convention;
  const usagePaths = otherUsagePath === undefined ? ['usage'] : ['usage', otherUsagePath];
  const fields = ['model', 'service_tier', 'error', 'object', 'type', 'code', ...usagePaths];
  const usageIn = (members: MemberScanner): string | null =>
    usagePaths.map((path) => members.text(path)).find((text) => text?.startsWith('{')) ?? null;
  return {
    initial: { ...EMPTY_REPLY, rawUsage: null, isUsageFinal: false },
    bodyPaths: new MemberPaths(fields),
    eventPaths: new MemberPaths([...fields, 'choices']),
    marks: [keyMark('usage'), keyMark('error'), textMark('[DONE]')],
    endEvent: eventOf('[DONE]'),
    body: (state, members) => stated(state, members, usageIn(members)),
    event(state, members) {
      const usage = usageIn(members);
      const next = stated(state, members, usage);
      if (state.sawToken && usage === null) return next;
      const choices = readChoices(members.value('choices'));
      const isFinal = usage !== null && (choices === null || choices.isEmpty || choices.isFinished);
      return {
        ...next,
        sawToken: state.sawToken || (choices?.hasContent ?? false),
        isUsageFinal: state.isUsageFinal || isFinal,
      };
    },
    reading: (state): UsageReading => reading(state, state.isUsageFinal || state.finished, how),
  };
}

function stated(state: ChatState, members: MemberScanner, usage: string | null): ChatState {
  // vLLM's errors are the whole object: {"object":"error","type":"BadRequestError",...}.
  const isError = members.value('object') === 'error';
  const error = isError ? { type: members.value('type'), code: members.value('code') } : members.value('error');
  return {
    ...state,
    servedModel: textOf(members.value('model'), MODEL_MAX_LENGTH) ?? state.servedModel,
    serviceTier: textOf(members.value('service_tier'), TIER_MAX_LENGTH) ?? state.serviceTier,
    errorCode: errorCodeOf(error) ?? state.errorCode,
    rawUsage: usage ?? state.rawUsage,
  };
}
