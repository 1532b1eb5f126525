import { usageSourceOf } from '../counts/usage-source.js';
import type { UsageReading } from '../provider-type.js';
import type { ReplyState } from '../reply/reply-rules.js';
import { countUsage } from './usage.js';
import type { UsageConvention } from './usage-convention.js';

/** What one upstream's answers are read with. `cachedFromHead`: cached input as the head of this answer states it. */
export interface Reading {
  readonly convention: UsageConvention;
  readonly cachedFromHead?: number;
}

/**
 * The reading of a response whose last usage object is `rawUsage`.
 * @param isFinal no later usage object was due
 * @param counted what was counted in the answer itself; where the usage states the same, that holds
 */
export function reading(
  state: ReplyState & { readonly rawUsage: string | null },
  isFinal: boolean,
  { convention, cachedFromHead }: Reading,
  counted: Readonly<Record<string, number>> = {},
): UsageReading {
  const { servedModel, serviceTier, errorCode, finished, rawUsage } = state;
  const counts = rawUsage === null ? null : countUsage(rawUsage, convention, cachedFromHead);
  const meters = counts?.meters ?? {};
  const otherMeters = { ...counted, ...counts?.otherMeters };
  return {
    servedModel,
    serviceTier,
    meters,
    otherMeters,
    usageSource: usageSourceOf({
      meters,
      // What ranks is billed by the search; with everything else tokens are the bill, and these only a part of it.
      ...(convention.writes === 'nothing' && counts && { otherMeters: counts.otherMeters }),
      isFinal,
      isSound: counts?.isSound ?? true,
    }),
    rawUsage,
    providerStatedCostUsd: counts?.providerStatedCostUsd ?? null,
    errorCode,
    finished,
  };
}
