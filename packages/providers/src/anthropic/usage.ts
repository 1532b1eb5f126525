import type { Meters } from '@weir/contracts';
import { countOf, type JsonObject, objectOf, textOf } from '../json/value.js';
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
  readonly webSearches?: number;
  readonly webFetches?: number;
}

/** Anthropic counts input apart from what was read from and written to the cache; thinking is part of the output. */
export function countsOf(usage: JsonObject | null): Counts {
  const creation = objectOf(usage?.cache_creation);
  const serverTools = objectOf(usage?.server_tool_use);
  return stated({
    input: countOf(usage?.input_tokens),
    output: countOf(usage?.output_tokens),
    cachedInput: countOf(usage?.cache_read_input_tokens),
    cacheWrite: countOf(usage?.cache_creation_input_tokens),
    cacheWrite5m: countOf(creation?.ephemeral_5m_input_tokens),
    cacheWrite1h: countOf(creation?.ephemeral_1h_input_tokens),
    reasoning: countOf(objectOf(usage?.output_tokens_details)?.thinking_tokens),
    webSearches: countOf(serverTools?.web_search_requests),
    webFetches: countOf(serverTools?.web_fetch_requests),
  });
}

/** Writes whose time to live was told are kept apart; what the total holds beyond them has an unknown one. */
export function metersOf(counts: Counts): Meters {
  const { input, output, cachedInput, cacheWrite, cacheWrite5m, cacheWrite1h, reasoning } = counts;
  const isSplit = cacheWrite5m !== undefined || cacheWrite1h !== undefined;
  const rest = (cacheWrite ?? 0) - (cacheWrite5m ?? 0) - (cacheWrite1h ?? 0);
  const cacheWriteUnknown = isSplit && rest <= 0 ? undefined : cacheWrite === undefined ? undefined : rest;
  return stated({ input, output, cachedInput, cacheWrite5m, cacheWrite1h, cacheWriteUnknown, reasoning });
}

export function otherMetersOf(counts: Counts): Readonly<Record<string, number>> {
  return stated({ webSearches: counts.webSearches, webFetches: counts.webFetches });
}

/** The tier, or `fast` where the answer was made in fast mode, which has prices of its own. */
export function tierOf(usage: JsonObject | null): string | null {
  return usage?.speed === 'fast' ? 'fast' : textOf(usage?.service_tier, TIER_MAX_LENGTH);
}

/** Only what is known, so that a later, partial statement never wipes out an earlier one. */
function stated<K extends string>(quantities: { [Q in K]: number | undefined }): { [Q in K]?: number } {
  const known: { [Q in K]?: number } = {};
  for (const name in quantities) {
    const quantity = quantities[name];
    if (quantity !== undefined) known[name] = quantity;
  }
  return known;
}
