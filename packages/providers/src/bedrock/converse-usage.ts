import { countOf, firstCount, isMisstated, type JsonObject, objectOf } from '../json/value.js';
import type { Stated } from './stated.js';

/**
 * `usage` of Converse, and of Nova's own answers, which spell the cache counts otherwise. `inputTokens` leaves the
 * cache out. (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_TokenUsage.html)
 */
export function converseCounts(usage: JsonObject): Stated {
  return {
    input: countOf(usage.inputTokens),
    output: countOf(usage.outputTokens),
    cachedInput: firstCount(usage.cacheReadInputTokens, usage.cacheReadInputTokenCount),
    cacheWrite: firstCount(usage.cacheWriteInputTokens, usage.cacheWriteInputTokenCount),
    cacheWrite5m: writesFor(usage.cacheDetails, '5m'),
    cacheWrite1h: writesFor(usage.cacheDetails, '1h'),
  };
}

const COUNTS = ['inputTokens', 'outputTokens', 'totalTokens', 'cacheReadInputTokens', 'cacheWriteInputTokens'];

/** Every number is a count, and `totalTokens` the sum of the others, with the cache or, as documented first, without. */
export function isConverseSound(usage: JsonObject): boolean {
  if (COUNTS.some((name) => isMisstated(usage[name]))) return false;
  const { input, output, cachedInput = 0, cacheWrite = 0 } = converseCounts(usage);
  const total = countOf(usage.totalTokens);
  if (total === undefined || input === undefined || output === undefined) return true;
  return total === input + output || total === input + output + cachedInput + cacheWrite;
}

/** `cacheDetails: [{ttl, inputTokens}]`, one row for each time to live that was written with. */
function writesFor(details: unknown, ttl: string): number | undefined {
  if (!Array.isArray(details)) return undefined;
  let sum: number | undefined;
  for (const detail of details.map(objectOf)) {
    const count = detail?.ttl === ttl ? countOf(detail.inputTokens) : undefined;
    if (count !== undefined) sum = (sum ?? 0) + count;
  }
  return countOf(sum);
}
