import { usageSourceOf } from '../counts/usage-source.js';
import { MemberPaths, type MemberScanner } from '../json/member-scanner.js';
import { objectOf, textOf } from '../json/value.js';
import { EMPTY_REPLY, type ReplyState } from '../reply/reply-rules.js';
import type { AnswerRules } from './answer-rules.js';
import { converseCounts, isConverseSound } from './converse-usage.js';
import { metersOf } from './stated.js';
import { MODEL_MAX_LENGTH, tierOf } from './wire.js';

interface ConverseState extends ReplyState {
  readonly rawUsage: string | null;
}

const PATHS = new MemberPaths([
  'usage',
  'serviceTier.type',
  'performanceConfig.latency',
  // Only a prompt router chooses a model other than the one asked for.
  'trace.promptRouter.invokedModelId',
]);

const UNREAD = { paths: null, isWrapped: false, marks: null };

/**
 * Converse and ConverseStream, whose `metadata` event has the members of a whole answer that matter and comes last.
 * (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html)
 */
export const converseAnswer: AnswerRules<ConverseState> = {
  initial: { ...EMPTY_REPLY, rawUsage: null },
  bodyPaths: PATHS,
  body: stated,
  events: { contentBlockDelta: UNREAD, metadata: { paths: PATHS, isWrapped: false, marks: null } },
  event(state, eventType, members) {
    if (members === null) return state.sawToken ? state : { ...state, sawToken: true };
    return { ...stated(state, members), finished: eventType === 'metadata' };
  },
  reading({ servedModel, serviceTier, errorCode, finished, rawUsage }) {
    const usage = rawUsage === null ? null : objectOf(parsed(rawUsage));
    const counted = usage === null ? null : metersOf({}, converseCounts(usage));
    const meters = counted?.meters ?? {};
    const isSound = usage !== null && isConverseSound(usage) && (counted?.isSound ?? true);
    return {
      servedModel,
      serviceTier,
      meters,
      otherMeters: {},
      usageSource: usageSourceOf({ meters, isFinal: true, isSound }),
      rawUsage,
      providerStatedCostUsd: null,
      errorCode,
      finished,
    };
  },
};

function stated(state: ConverseState, members: MemberScanner): ConverseState {
  const usage = members.text('usage');
  return {
    ...state,
    servedModel: textOf(members.value('trace.promptRouter.invokedModelId'), MODEL_MAX_LENGTH),
    serviceTier: tierOf(members.value('serviceTier.type'), members.value('performanceConfig.latency')),
    rawUsage: usage?.startsWith('{') ? usage : state.rawUsage,
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // The upstream's usage is no JSON: nothing is stated, and the raw text is kept for whoever looks.
    return null;
  }
}
