import type { Meters } from '@weir/contracts';
import { countOf, firstCount, type JsonObject, objectOf } from '../json/value.js';
import { statedCost } from '../reply/stated-cost.js';
import { OPENAI_USAGE, type UsageConvention } from './usage-convention.js';

export interface UsageCounts {
  readonly meters: Meters;
  readonly otherMeters: Readonly<Record<string, number>>;
  readonly providerStatedCostUsd: string | null;
}

/**
 * Counts each token of an OpenAI usage object once. Chat and Responses name the same things differently. OpenAI's totals
 * include their parts: cached and cache-writing tokens are inside the input, reasoning is inside the output.
 * (https://platform.openai.com/docs/api-reference/chat/object#chat/object-usage)
 */
export function countUsage(
  raw: string,
  convention: UsageConvention = OPENAI_USAGE,
  cachedFromHead?: number,
): UsageCounts {
  const usage = parsedObject(raw);
  const inputDetails = objectOf(usage?.prompt_tokens_details) ?? objectOf(usage?.input_tokens_details);
  const outputDetails = objectOf(usage?.completion_tokens_details) ?? objectOf(usage?.output_tokens_details);
  const stated: Stated = {
    input: firstCount(usage?.prompt_tokens, usage?.input_tokens),
    output: firstCount(usage?.completion_tokens, usage?.output_tokens) ?? restOf(usage),
    total: countOf(usage?.total_tokens),
    cached: firstCount(
      inputDetails?.cached_tokens,
      usage?.prompt_cache_hit_tokens,
      usage?.cached_tokens,
      usage?.cache_read_input_tokens,
      inputDetails?.cache_read_input_tokens,
      usage && convention.cachedOf?.(usage),
      cachedFromHead,
    ),
    cacheWrite: firstCount(
      inputDetails?.cache_write_tokens,
      inputDetails?.cache_creation_tokens,
      usage?.cache_creation_input_tokens,
      inputDetails?.cache_creation_input_tokens,
    ),
    reasoning: firstCount(outputDetails?.reasoning_tokens, usage?.reasoning_tokens),
  };
  const { input, output } = withoutOverlap(stated, convention);
  const cachedAudio = countOf(objectOf(inputDetails?.cached_tokens_details)?.audio_tokens) ?? 0;
  return {
    meters: known({
      input,
      output,
      cachedInput: stated.cached,
      cacheWriteUnknown: stated.cacheWrite,
      reasoning: stated.reasoning,
      audioInput: partOf(input, countOf(inputDetails?.audio_tokens), cachedAudio),
      imageInput: partOf(input, countOf(inputDetails?.image_tokens), 0),
      audioOutput: partOf(output, countOf(outputDetails?.audio_tokens), 0),
      imageOutput: partOf(output, countOf(outputDetails?.image_tokens), 0),
    }),
    otherMeters: known({
      acceptedPrediction: countOf(outputDetails?.accepted_prediction_tokens),
      rejectedPrediction: countOf(outputDetails?.rejected_prediction_tokens),
      webSearches: countOf(objectOf(usage?.server_tool_use)?.web_search_requests),
      ...(usage && convention.othersOf?.(usage)),
    }),
    providerStatedCostUsd: usage && (convention.costUsdOf?.(usage) ?? (usage.cost == null ? null : statedCost(raw))),
  };
}

interface Stated {
  readonly input: number | undefined;
  readonly output: number | undefined;
  readonly total: number | undefined;
  readonly cached: number | undefined;
  readonly cacheWrite: number | undefined;
  readonly reasoning: number | undefined;
}

/**
 * Fresh input and whole output. Some compatible servers count cache tokens beside the input, or reasoning beside the
 * output; where they do, their own total says so, or a part is larger than what should hold it.
 */
function withoutOverlap(
  stated: Stated,
  convention: UsageConvention,
): { input: number | undefined; output: number | undefined } {
  const { input, output, total } = stated;
  const cache = (stated.cached ?? 0) + (stated.cacheWrite ?? 0);
  const reasoning = stated.reasoning ?? 0;
  // What the total holds beyond input and output is what stands beside them, in whichever ways the convention allows.
  const surplus = total === undefined ? 0 : total - (input ?? 0) - (output ?? 0);
  const cacheBeside = convention.cache === 'inside' ? 0 : cache;
  const reasoningBeside = convention.reasoning === 'inside' ? 0 : reasoning;
  const isBoth = surplus === cacheBeside + reasoningBeside;
  const isCacheBeside =
    input !== undefined &&
    cache > 0 &&
    (cache > input || convention.cache === 'beside' || (cacheBeside > 0 && (isBoth || surplus === cache)));
  const isReasoningBeside =
    output !== undefined &&
    reasoning > 0 &&
    (reasoning > output ||
      convention.reasoning === 'beside' ||
      (reasoningBeside > 0 && (isBoth || (surplus === reasoning && surplus !== cacheBeside))));
  return {
    input: input === undefined || isCacheBeside ? input : input - cache,
    output: output === undefined ? undefined : output + (isReasoningBeside ? reasoning : 0),
  };
}

/** Embeddings name no output at all, but a total; where it equals the input, nothing was written. */
function restOf(usage: JsonObject | null): number | undefined {
  const isNamed = usage?.completion_tokens !== undefined || usage?.output_tokens !== undefined;
  const total = countOf(usage?.total_tokens);
  return !isNamed && total !== undefined && total === countOf(usage?.prompt_tokens) ? 0 : undefined;
}

/** A part that must fit into its whole: what is cached of it, or does not fit, is counted elsewhere already. */
function partOf(whole: number | undefined, part: number | undefined, counted: number): number | undefined {
  if (whole === undefined || part === undefined) return undefined;
  return Math.min(whole, Math.max(0, part - counted));
}

function known<K extends string>(quantities: { [Q in K]: number | undefined }): { [Q in K]?: number } {
  const stated: { [Q in K]?: number } = {};
  for (const name in quantities) {
    const quantity = quantities[name];
    if (quantity !== undefined) stated[name] = quantity;
  }
  return stated;
}

function parsedObject(raw: string): JsonObject | null {
  try {
    return objectOf(JSON.parse(raw));
  } catch {
    // The upstream's usage is no JSON: nothing is stated, and the raw text is kept for whoever looks.
    return null;
  }
}
