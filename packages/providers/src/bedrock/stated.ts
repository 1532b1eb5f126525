import type { Meters } from '@weir/contracts';
import { known } from '../counts/known.js';

/** Counts of one answer as one side states them, each token once. What is undefined was not stated. */
export interface Stated {
  /** Without what was read from or written to a cache. */
  readonly input?: number | undefined;
  readonly output?: number | undefined;
  readonly cachedInput?: number | undefined;
  /** All cache writes together, whatever their time to live. */
  readonly cacheWrite?: number | undefined;
  readonly cacheWrite5m?: number | undefined;
  readonly cacheWrite1h?: number | undefined;
  readonly reasoning?: number | undefined;
}

/**
 * Meters out of what Bedrock itself counted (headers, invocation metrics) and what the model's own body says. Bedrock's
 * count is the one it bills and shows in CloudWatch, so where both state a quantity Bedrock's stands; the body fills in
 * what Bedrock does not say. One exception: an input that is exactly the body's fresh input and cache taken together
 * would count the cache twice, so there the body's fresh input stands.
 */
export function metersOf(bedrock: Stated, body: Stated): { readonly meters: Meters; readonly isSound: boolean } {
  const cachedInput = bedrock.cachedInput ?? body.cachedInput;
  const cacheWrite = bedrock.cacheWrite ?? body.cacheWrite;
  const output = bedrock.output ?? body.output;
  const writes = writesOf(cacheWrite, body.cacheWrite5m, body.cacheWrite1h);
  // A part that is larger than its whole is no part of it.
  const isThought = output === undefined || (body.reasoning ?? 0) <= output;
  return {
    meters: known({
      input: inputOf(bedrock.input, body.input, (cachedInput ?? 0) + (cacheWrite ?? 0)),
      cachedInput,
      ...writes.meters,
      output,
      reasoning: isThought ? body.reasoning : undefined,
    }),
    isSound: isThought && writes.isSound,
  };
}

function inputOf(bedrock: number | undefined, body: number | undefined, cache: number): number | undefined {
  const isCacheInside = body !== undefined && cache > 0 && bedrock === body + cache;
  return isCacheInside ? body : (bedrock ?? body);
}

/**
 * Writes whose time to live was told are kept apart; what the total holds beyond them has an unknown one. Parts that
 * are more than the total contradict it: the total stands, undivided.
 */
function writesOf(total: number | undefined, short: number | undefined, long: number | undefined) {
  const isSplit = short !== undefined || long !== undefined;
  const rest = total === undefined ? 0 : total - (short ?? 0) - (long ?? 0);
  if (!isSplit) return { meters: { cacheWriteUnknown: total }, isSound: true };
  if (rest < 0) return { meters: { cacheWriteUnknown: total }, isSound: false };
  const cacheWriteUnknown = rest > 0 ? rest : undefined;
  return { meters: { cacheWrite5m: short, cacheWrite1h: long, cacheWriteUnknown }, isSound: true };
}
