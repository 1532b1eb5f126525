import { known } from '../counts/known.js';
import { usageSourceOf } from '../counts/usage-source.js';
import { MemberPaths, type MemberScanner } from '../json/member-scanner.js';
import { objectOf, textOf } from '../json/value.js';
import type { UsageReading } from '../provider-type.js';
import { EMPTY_REPLY, type ReplyRules, type ReplyState } from '../reply/reply-rules.js';
import { keyMark } from '../sse/mark-search.js';
import { errorCodeOf } from './error.js';
import { modelId } from './resource.js';
import { billedSearches, withQueries } from './searches.js';
import { type Counts, countsOf, hasMisstatement, metersOf, tierOf } from './usage.js';

const MODEL_MAX_LENGTH = 255;

interface GenerateState extends ReplyState {
  readonly counts: Counts;
  /** The last usage object as sent, and an earlier one that states what the last one does not. */
  readonly lastUsage: string | null;
  readonly fullerUsage: string | null;
  readonly queries: readonly string[];
  readonly hasMisstatement: boolean;
}

const FIELDS = [
  'usageMetadata',
  'modelVersion',
  'error',
  'promptFeedback.blockReason',
  'candidates.[].finishReason',
  'candidates.[].groundingMetadata.webSearchQueries',
];
const PARTS = 'candidates.[].content.parts';

const INITIAL: GenerateState = {
  ...EMPTY_REPLY,
  counts: {},
  lastUsage: null,
  fullerUsage: null,
  queries: [],
  hasMisstatement: false,
};

/**
 * generateContent, and each event of streamGenerateContent, which has the members of a whole answer. A stream states its
 * usage in every event as it stands by then: the last statement holds, count by count; nothing is added up.
 * @param tier as the response's head names it, where the usage does not
 */
export function generateReply(tier: string | null): ReplyRules<GenerateState> {
  return {
    initial: { ...INITIAL, serviceTier: tier },
    bodyPaths: BODY_PATHS,
    eventPaths: EVENT_PATHS,
    marks: MARKS,
    endEvent: null,
    isArrayStream: true,
    body: stated,
    event(state, members) {
      const next = stated(state, members);
      return next.sawToken || !members.texts(PARTS).some(isGenerated) ? next : { ...next, sawToken: true };
    },
    reading,
  };
}

const BODY_PATHS = new MemberPaths(FIELDS);
const EVENT_PATHS = new MemberPaths([...FIELDS, PARTS]);
const MARKS = ['usageMetadata', 'finishReason', 'error', 'webSearchQueries', 'blockReason'].map(keyMark);

const NOTHING_YET = /^\[\s*(?:\{\s*(?:"text"\s*:\s*""\s*)?\}\s*)?\]$/;

/** Parts too long to keep hold something; an empty text comes before the first token and after the last. */
function isGenerated(parts: string | null): boolean {
  return parts === null || (parts.startsWith('[') && !NOTHING_YET.test(parts));
}

function stated(state: GenerateState, members: MemberScanner): GenerateState {
  const model = textOf(members.value('modelVersion'), MODEL_MAX_LENGTH);
  const isEnded =
    members.values('candidates.[].finishReason').some((reason) => typeof reason === 'string') ||
    textOf(members.value('promptFeedback.blockReason')) !== null;
  return {
    ...state,
    ...usageIn(state, members),
    servedModel: model === null ? state.servedModel : modelId(model),
    errorCode: errorCodeOf(members.value('error')) ?? state.errorCode,
    finished: state.finished || isEnded,
    queries: withQueries(state.queries, members.values('candidates.[].groundingMetadata.webSearchQueries')),
  };
}

function usageIn(state: GenerateState, members: MemberScanner): Partial<GenerateState> {
  const raw = members.text('usageMetadata');
  const usage = objectOf(members.value('usageMetadata'));
  if (raw === null || usage === null) return {};
  const counts = countsOf(usage);
  // A total is the sum of the counts it came with.
  const { total: _total, ...earlier } = state.counts;
  const isFuller = (Object.keys(earlier) as (keyof Counts)[]).every((name) => counts[name] !== undefined);
  return {
    counts: { ...earlier, ...counts },
    lastUsage: raw,
    fullerUsage: isFuller ? null : (state.fullerUsage ?? state.lastUsage),
    serviceTier: tierOf(usage) ?? state.serviceTier,
    hasMisstatement: hasMisstatement(usage),
  };
}

function reading(state: GenerateState): UsageReading {
  const { servedModel, serviceTier, errorCode, finished, counts, lastUsage, fullerUsage, queries } = state;
  const { meters, isSound } = metersOf(counts);
  return {
    servedModel,
    serviceTier,
    meters,
    otherMeters: known({ webSearches: billedSearches(queries, servedModel) }),
    usageSource: usageSourceOf({ meters, isFinal: finished, isSound: isSound && !state.hasMisstatement }),
    rawUsage: fullerUsage === null ? lastUsage : `[${fullerUsage},${lastUsage}]`,
    providerStatedCostUsd: null,
    errorCode,
    finished,
  };
}
