import type { Meters } from '@weir/contracts';
import { known } from '../counts/known.js';
import { partOf, without } from '../counts/part-of.js';
import { countOf, firstCount, isMisstated, type JsonObject, objectOf } from '../json/value.js';
import { statedCost } from '../reply/stated-cost.js';
import { withoutOverlap } from './overlap.js';
import { OPENAI_USAGE, type UsageConvention } from './usage-convention.js';

export interface UsageCounts {
  readonly meters: Meters;
  readonly otherMeters: Readonly<Record<string, number>>;
  readonly providerStatedCostUsd: string | null;
  /** Every number is a count, no part is larger than its whole, and the total is the sum of its parts. */
  readonly isSound: boolean;
}

/**
 * Counts each token of an OpenAI usage object once. Chat, Responses and the audio endpoints name the same things
 * differently. OpenAI's totals include their parts: cached and cache-writing tokens are inside the input, reasoning is
 * inside the output. (https://platform.openai.com/docs/api-reference/chat/object#chat/object-usage)
 */
export function countUsage(
  raw: string,
  convention: UsageConvention = OPENAI_USAGE,
  cachedFromHead?: number,
): UsageCounts {
  const usage = parsedObject(raw);
  const read = detailsOf(usage, READ_DETAILS);
  const written = detailsOf(usage, WRITTEN_DETAILS);
  const statedCached = firstCount(
    read?.cached_tokens,
    usage?.prompt_cache_hit_tokens,
    usage?.cached_tokens,
    usage?.cache_read_input_tokens,
    read?.cache_read_input_tokens,
    usage && convention.cachedOf?.(usage),
    cachedFromHead,
  );
  const statedWrite = firstCount(
    read?.cache_write_tokens,
    read?.cache_creation_tokens,
    usage?.cache_creation_input_tokens,
    read?.cache_creation_input_tokens,
  );
  const total = usage && convention.totalOf ? convention.totalOf(usage) : countOf(usage?.total_tokens);
  const isReadOnly = convention.writes === 'nothing';
  const wholeInput = firstCount(usage?.prompt_tokens, usage?.input_tokens, isReadOnly ? total : undefined);
  const counted = withoutOverlap(
    {
      input: wholeInput,
      output:
        firstCount(usage?.completion_tokens, usage?.output_tokens) ??
        (isReadOnly && wholeInput !== undefined ? 0 : restOf(usage)),
      total,
      cached: statedCached,
      cacheWrite: statedWrite,
      reasoning: firstCount(written?.reasoning_tokens, usage?.reasoning_tokens),
    },
    convention,
  );
  const { input, output, cached, cacheWrite, reasoning } = counted;
  const ofCached = objectOf(read?.cached_tokens_details);
  const audioInput = partOf(input, without(countOf(read?.audio_tokens), countOf(ofCached?.audio_tokens)));
  const media = mediaOf(convention, output, written);
  const audioOutput = partOf(output, media.audio, reasoning);
  return {
    meters: known({
      input,
      output,
      cachedInput: cached,
      cacheWriteUnknown: cacheWrite,
      reasoning,
      audioInput,
      cachedAudioInput: partOf(cached, countOf(ofCached?.audio_tokens)),
      imageInput: partOf(input, without(countOf(read?.image_tokens), countOf(ofCached?.image_tokens)), audioInput),
      audioOutput,
      imageOutput: partOf(output, media.images, reasoning, audioOutput),
    }),
    otherMeters: known({
      acceptedPrediction: countOf(written?.accepted_prediction_tokens),
      rejectedPrediction: countOf(written?.rejected_prediction_tokens),
      webSearches: countOf(objectOf(usage?.server_tool_use)?.web_search_requests),
      ...(usage && convention.othersOf?.(usage)),
    }),
    providerStatedCostUsd: usage && (convention.costUsdOf?.(usage) ?? (usage.cost == null ? null : statedCost(raw))),
    isSound:
      counted.isSound &&
      !TOTALS.some((name) => isMisstated(usage?.[name])) &&
      !PARTS.some((name) => isMisstated(read?.[name] ?? written?.[name])) &&
      isPartOf(wholeInput, read?.audio_tokens) &&
      isPartOf(wholeInput, read?.image_tokens) &&
      isPartOf(output, written?.audio_tokens) &&
      isPartOf(output, written?.image_tokens),
  };
}

/** Audio and image tokens written, as stated, or else all that is not stated to be text. */
function mediaOf({ writes }: UsageConvention, output: number | undefined, written: JsonObject | null) {
  const rest = without(output, countOf(written?.text_tokens));
  return {
    audio: countOf(written?.audio_tokens) ?? (writes === 'audio' ? rest : undefined),
    images: countOf(written?.image_tokens) ?? (writes === 'images' ? rest : undefined),
  };
}

const READ_DETAILS = ['prompt_tokens_details', 'input_tokens_details', 'input_token_details'];
const WRITTEN_DETAILS = ['completion_tokens_details', 'output_tokens_details', 'output_token_details'];
const TOTALS = ['prompt_tokens', 'input_tokens', 'completion_tokens', 'output_tokens', 'total_tokens', 'cached_tokens'];
const PARTS = ['cached_tokens', 'cache_write_tokens', 'reasoning_tokens', 'audio_tokens', 'image_tokens'];

function detailsOf(usage: JsonObject | null, names: readonly string[]): JsonObject | null {
  for (const name of names) {
    const details = objectOf(usage?.[name]);
    if (details !== null) return details;
  }
  return null;
}

function isPartOf(whole: number | undefined, part: unknown): boolean {
  return whole === undefined || (countOf(part) ?? 0) <= whole;
}

/** Embeddings name no output at all, but a total; where it equals the input, nothing was written. */
function restOf(usage: JsonObject | null): number | undefined {
  const isNamed = usage?.completion_tokens !== undefined || usage?.output_tokens !== undefined;
  const total = countOf(usage?.total_tokens);
  return !isNamed && total !== undefined && total === countOf(usage?.prompt_tokens) ? 0 : undefined;
}

function parsedObject(raw: string): JsonObject | null {
  try {
    return objectOf(JSON.parse(raw));
  } catch {
    // The upstream's usage is no JSON: nothing is stated, and the raw text is kept for whoever looks.
    return null;
  }
}
