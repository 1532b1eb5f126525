import { known } from '../counts/known.js';
import { usageSourceOf } from '../counts/usage-source.js';
import { MemberPaths, type MemberScanner } from '../json/member-scanner.js';
import type { ResponseHead, UsageReading } from '../provider-type.js';
import { EMPTY_REPLY, type ReplyState } from '../reply/reply-rules.js';
import type { AnswerRules } from './answer-rules.js';
import { countsInHeaders, countsInMetrics } from './bedrock-counts.js';
import { bodyUsage } from './body-usage.js';
import { chunkError, END_PATHS, GENERATED_PATHS, isEnd, isGenerated } from './invoke-chunk.js';
import { LOOSE_PATHS, looseUsage } from './loose-usage.js';
import { metersOf, type Stated } from './stated.js';
import { tierOf } from './wire.js';

interface InvokeState extends ReplyState {
  /** What the model's body says, and what Bedrock's metrics at the end of a stream say. */
  readonly body: Stated;
  readonly metrics: Stated;
  readonly otherMeters: Readonly<Record<string, number>>;
  readonly firstUsage: string | null;
  readonly lastUsage: string | null;
  readonly rawMetrics: string | null;
  readonly isSound: boolean;
}

const EMBEDDINGS = ['embedding', 'embeddings'];
const METRICS = 'amazon-bedrock-invocationMetrics';

/**
 * InvokeModel and its stream: the model's own body, around it what Bedrock counted. Which model served is not read:
 * bodies name the vendor's id, while prices follow the id that was asked for, whose prefix names the geography.
 */
export const invokeAnswer: AnswerRules<InvokeState> = {
  initial: {
    ...{ ...EMPTY_REPLY, body: {}, metrics: {}, otherMeters: {} },
    ...{ firstUsage: null, lastUsage: null, rawMetrics: null, isSound: true },
  },
  bodyPaths: new MemberPaths(['usage', ...EMBEDDINGS, ...LOOSE_PATHS]),
  body(state, members) {
    const stated = withLoose(withUsage(state, members.text('usage'), true), members);
    // An embedding writes nothing and says nothing about it.
    const isEmbedding = EMBEDDINGS.some((name) => members.span(name) !== null);
    return isEmbedding ? { ...stated, body: { output: 0, ...stated.body } } : stated;
  },
  events: {
    chunk: {
      paths: new MemberPaths([
        ...['type', 'message.usage', 'metadata.usage', 'usage', 'error', METRICS],
        ...LOOSE_PATHS,
        ...GENERATED_PATHS,
        ...END_PATHS,
      ]),
      isWrapped: true,
      marks: /usage|Metrics|oken|billed_units|"error"|message_stop|_reason|completionReason/,
    },
  },
  event(state, _eventType, members) {
    return members === null ? state : chunk(state, members);
  },
  reading,
};

function chunk(state: InvokeState, members: MemberScanner): InvokeState {
  const type = members.value('type');
  const rawMetrics = members.text(METRICS);
  let next = withLoose(state, members);
  // In `message_start` the output is a placeholder.
  next = withUsage(next, members.text('message.usage'), false);
  next = withUsage(next, members.text('metadata.usage') ?? members.text('usage'), true);
  return {
    ...next,
    sawToken: state.sawToken || isGenerated(type, members),
    finished: state.finished || rawMetrics !== null || isEnd(type, members),
    errorCode: chunkError(type, members) ?? state.errorCode,
    ...(rawMetrics !== null && { rawMetrics, metrics: countsInMetrics(members.value(METRICS)) }),
  };
}

/** A later statement replaces an earlier one, count by count; nothing is added up. */
function withUsage(state: InvokeState, raw: string | null, hasOutput: boolean): InvokeState {
  const usage = bodyUsage(raw);
  if (usage === null) return state;
  const { output, reasoning, ...input } = usage.counts;
  return {
    ...state,
    serviceTier: usage.serviceTier ?? state.serviceTier,
    body: { ...state.body, ...known(hasOutput ? { ...input, output, reasoning } : input) },
    otherMeters: { ...state.otherMeters, ...usage.otherMeters },
    isSound: state.isSound && usage.isSound,
    ...(hasOutput ? { lastUsage: usage.raw } : { firstUsage: usage.raw }),
  };
}

/** Llama and Titan state their input in the first chunk and running or final totals later. */
function withLoose(state: InvokeState, members: MemberScanner): InvokeState {
  const { counts, raw } = looseUsage(members);
  if (raw === null) return state;
  return {
    ...state,
    body: { ...state.body, ...known(counts) },
    ...(counts.input === undefined ? { lastUsage: raw } : { firstUsage: raw }),
  };
}

function reading(state: InvokeState, head: ResponseHead): UsageReading {
  const headers = countsInHeaders(head);
  const { meters, isSound } = metersOf({ ...headers.counts, ...known(state.metrics) }, state.body);
  const raws = [headers.raw, state.rawMetrics, state.firstUsage, state.lastUsage].filter((raw) => raw !== null);
  return {
    servedModel: null,
    serviceTier:
      tierOf(head.header?.('x-amzn-bedrock-service-tier'), head.header?.('x-amzn-bedrock-performanceconfig-latency')) ??
      state.serviceTier,
    meters,
    otherMeters: state.otherMeters,
    usageSource: usageSourceOf({ meters, isFinal: state.finished, isSound: isSound && state.isSound }),
    rawUsage: raws.length > 1 ? `[${raws.join(',')}]` : (raws[0] ?? null),
    providerStatedCostUsd: null,
    errorCode: state.errorCode,
    finished: state.finished,
  };
}
