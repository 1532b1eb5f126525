import type { Meters } from '@weir/contracts';
import { known } from '../counts/known.js';
import { countOf, isMisstated, type JsonObject, objectOf, textOf } from '../json/value.js';
import { TIER_MAX_LENGTH } from './wire.js';

/** The counts of one usage object. What is undefined was not stated. */
export interface Counts {
  readonly input?: number;
  readonly output?: number;
  readonly cachedInput?: number;
  readonly cacheWrite?: number;
  readonly cacheWrite5m?: number;
  readonly cacheWrite1h?: number;
  readonly reasoning?: number;
  /** Anthropic states none; servers that speak its dialect may. */
  readonly total?: number;
  readonly webSearches?: number;
  readonly webFetches?: number;
  readonly codeExecutions?: number;
}

/** Anthropic counts input apart from what was read from and written to the cache; thinking is part of the output. */
export function countsOf(usage: JsonObject | null): Counts {
  const creation = objectOf(usage?.cache_creation);
  const serverTools = objectOf(usage?.server_tool_use);
  return known({
    input: countOf(usage?.input_tokens),
    output: countOf(usage?.output_tokens),
    cachedInput: countOf(usage?.cache_read_input_tokens),
    cacheWrite: countOf(usage?.cache_creation_input_tokens),
    cacheWrite5m: countOf(creation?.ephemeral_5m_input_tokens),
    cacheWrite1h: countOf(creation?.ephemeral_1h_input_tokens),
    reasoning: countOf(objectOf(usage?.output_tokens_details)?.thinking_tokens),
    total: countOf(usage?.total_tokens),
    webSearches: countOf(serverTools?.web_search_requests),
    webFetches: countOf(serverTools?.web_fetch_requests),
    codeExecutions: countOf(serverTools?.code_execution_requests),
  });
}

const NAMES = ['input_tokens', 'output_tokens', 'cache_read_input_tokens', 'cache_creation_input_tokens'];

/** Something that is no count stands where one belongs. */
export function hasMisstatement(usage: JsonObject): boolean {
  return NAMES.some((name) => isMisstated(usage[name])) || isMisstated(usage.total_tokens);
}

export interface Metered {
  readonly meters: Meters;
  /** No part is larger than its whole, and a total, where one is stated, is the sum of its parts. */
  readonly isSound: boolean;
}

/**
 * Writes whose time to live was told are kept apart; what the total holds beyond them has an unknown one. Parts that are
 * more than their total contradict it: the total stands, undivided.
 */
export function metersOf(counts: Counts): Metered {
  const { input, output, cachedInput, cacheWrite, cacheWrite5m, cacheWrite1h, reasoning, total } = counts;
  const isSplit = cacheWrite5m !== undefined || cacheWrite1h !== undefined;
  const rest = cacheWrite === undefined ? 0 : cacheWrite - (cacheWrite5m ?? 0) - (cacheWrite1h ?? 0);
  const writes =
    isSplit && rest >= 0
      ? { cacheWrite5m, cacheWrite1h, cacheWriteUnknown: rest > 0 ? rest : undefined }
      : { cacheWriteUnknown: cacheWrite };
  const isThought = reasoning === undefined || output === undefined || reasoning <= output;
  const cache = (cachedInput ?? 0) + (cacheWrite ?? (cacheWrite5m ?? 0) + (cacheWrite1h ?? 0));
  const read = freshInput(input, output, cache, total);
  return {
    meters: known({
      input: read.input,
      output,
      cachedInput,
      ...writes,
      // A part that is larger than its whole is no part of it.
      reasoning: isThought ? reasoning : undefined,
    }),
    isSound: rest >= 0 && isThought && read.isSound,
  };
}

/** Servers of other models put the cache inside `input_tokens`, as OpenAI does; where they do, their own total says so. */
function freshInput(input: number | undefined, output: number | undefined, cache: number, total: number | undefined) {
  if (input === undefined || output === undefined || total === undefined) return { input, isSound: true };
  if (cache > 0 && cache <= input && total === input + output) return { input: input - cache, isSound: true };
  return { input, isSound: total === input + cache + output || total === input + output };
}

export function otherMetersOf({ webSearches, webFetches, codeExecutions }: Counts): Readonly<Record<string, number>> {
  return known({ webSearches, webFetches, codeExecutions });
}

/** The tier, or `fast` where the answer was made in fast mode, which has prices of its own. */
export function tierOf(usage: JsonObject | null): string | null {
  return usage?.speed === 'fast' ? 'fast' : textOf(usage?.service_tier, TIER_MAX_LENGTH);
}
