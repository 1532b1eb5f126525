import { known } from '../counts/known.js';
import { usageSourceOf } from '../counts/usage-source.js';
import { MemberPaths, type MemberScanner } from '../json/member-scanner.js';
import { countOf, objectOf } from '../json/value.js';
import type { UsageReading } from '../provider-type.js';
import { EMPTY_REPLY, type ReplyRules, type ReplyState } from '../reply/reply-rules.js';
import { errorCodeOf } from './error.js';
import { countsOf, metersOf } from './usage.js';

interface EmbedState extends ReplyState {
  readonly usage: string | null;
  /** Statistics of each embedding, as sent. */
  readonly statistics: readonly (string | null)[];
  readonly images: number;
}

const USAGE = 'usageMetadata';
const STATISTICS = 'predictions.[].embeddings.statistics';
const IMAGES = 'predictions.[].mimeType';
const PATHS = new MemberPaths([USAGE, 'error', STATISTICS, IMAGES]);

/**
 * embedContent and batchEmbedContents, which state their usage as generateContent does or, with older models, not at
 * all; and Vertex AI's predict, which states the tokens of each text apart, or returns images.
 * (https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/text-embeddings-api#response_body)
 */
export const embedReply: ReplyRules<EmbedState> = {
  initial: { ...EMPTY_REPLY, usage: null, statistics: [], images: 0 },
  bodyPaths: PATHS,
  eventPaths: PATHS,
  marks: [],
  endEvent: null,
  isArrayStream: true,
  body: stated,
  event: stated,
  reading(state): UsageReading {
    const { servedModel, serviceTier, errorCode, finished, usage, statistics, images } = state;
    const input = tokensIn(statistics);
    const isCounted = usage === null && input !== undefined;
    const { meters: stated, isSound } = metersOf(countsOf(parsed(usage)));
    // An embedding writes nothing, whether it says so or not.
    const meters = isCounted ? { input, output: 0 } : stated.input === undefined ? stated : { output: 0, ...stated };
    const otherMeters = known({ images: images === 0 ? undefined : images });
    return {
      servedModel,
      serviceTier,
      meters,
      otherMeters,
      usageSource: usageSourceOf({ meters, otherMeters, isFinal: true, isSound: isCounted || isSound }),
      rawUsage: isCounted ? `[${statistics.join(',')}]` : usage,
      providerStatedCostUsd: null,
      errorCode,
      finished,
    };
  },
};

function stated(state: EmbedState, members: MemberScanner): EmbedState {
  const isUsage = objectOf(members.value(USAGE)) !== null;
  return {
    ...state,
    errorCode: errorCodeOf(members.value('error')) ?? state.errorCode,
    usage: isUsage ? members.text(USAGE) : state.usage,
    statistics: members.texts(STATISTICS),
    images: members.values(IMAGES).filter((type) => typeof type === 'string' && type.startsWith('image/')).length,
  };
}

/** Undefined unless every text states its tokens: a sum of some of them would look like one of all. */
function tokensIn(statistics: readonly (string | null)[]): number | undefined {
  let sum = 0;
  for (const text of statistics) {
    const count = countOf(parsed(text)?.token_count);
    if (count === undefined) return undefined;
    sum += count;
  }
  return statistics.length === 0 ? undefined : countOf(sum);
}

function parsed(text: string | null) {
  try {
    return text === null ? null : objectOf(JSON.parse(text));
  } catch {
    // Cut or broken: nothing is stated.
    return null;
  }
}
