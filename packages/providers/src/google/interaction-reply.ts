import { known } from '../counts/known.js';
import { usageSourceOf } from '../counts/usage-source.js';
import { MemberPaths, type MemberScanner } from '../json/member-scanner.js';
import { objectOf, textOf } from '../json/value.js';
import type { UsageReading } from '../provider-type.js';
import { EMPTY_REPLY, eventOf, type ReplyRules, type ReplyState } from '../reply/reply-rules.js';
import { keyMark, textMark } from '../sse/mark-search.js';
import { errorCodeOf } from './error.js';
import { interactionCountsOf, interactionSearchesIn } from './interaction-usage.js';
import { modelId } from './resource.js';
import { metersOf, tierNamed } from './usage.js';

const MODEL_MAX_LENGTH = 255;

interface InteractionState extends ReplyState {
  readonly rawUsage: string | null;
}

const FIELDS = ['model', 'service_tier', 'usage'];
const COMPLETED = 'interaction.completed';

/** Interactions: a stream repeats the interaction, with its usage, when it ends. (https://ai.google.dev/api/interactions-api) */
export const interactionReply: ReplyRules<InteractionState> = {
  initial: { ...EMPTY_REPLY, rawUsage: null },
  bodyPaths: new MemberPaths([...FIELDS, 'error']),
  eventPaths: new MemberPaths(['event_type', 'usage', 'error', ...FIELDS.map((field) => `interaction.${field}`)]),
  marks: [keyMark('usage'), keyMark('error'), textMark(COMPLETED), textMark('[DONE]')],
  endEvent: eventOf('[DONE]'),
  isArrayStream: true,
  body: (state, members) => stated(state, members, ''),
  event(state, members) {
    const type = members.value('event_type');
    const next = stated({ ...state, rawUsage: usageIn(members, 'usage') ?? state.rawUsage }, members, 'interaction.');
    return {
      ...next,
      sawToken: state.sawToken || type === 'step.delta',
      finished: state.finished || type === COMPLETED,
    };
  },
  reading(state): UsageReading {
    const { servedModel, serviceTier, errorCode, finished, rawUsage } = state;
    const usage = rawUsage === null ? null : objectOf(JSON.parse(rawUsage));
    const { meters, isSound } = metersOf(interactionCountsOf(usage));
    return {
      servedModel,
      serviceTier,
      meters,
      otherMeters: known({ webSearches: interactionSearchesIn(usage) }),
      usageSource: usageSourceOf({ meters, isFinal: finished, isSound }),
      rawUsage,
      providerStatedCostUsd: null,
      errorCode,
      finished,
    };
  },
};

function stated(state: InteractionState, members: MemberScanner, at: string): InteractionState {
  const model = textOf(members.value(`${at}model`), MODEL_MAX_LENGTH);
  return {
    ...state,
    servedModel: model === null ? state.servedModel : modelId(model),
    serviceTier: tierNamed(members.value(`${at}service_tier`)) ?? state.serviceTier,
    rawUsage: usageIn(members, `${at}usage`) ?? state.rawUsage,
    errorCode: errorCodeOf(members.value('error')) ?? state.errorCode,
  };
}

/** Text of a usage object; null for anything that is none, so that what is kept can be parsed. */
function usageIn(members: MemberScanner, path: string): string | null {
  return objectOf(members.value(path)) === null ? null : members.text(path);
}
