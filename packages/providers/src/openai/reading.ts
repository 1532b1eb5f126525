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

/** The reading of a response whose last usage object is `rawUsage`; `isFinal`: no later one was due. */
export function reading(
  state: ReplyState & { readonly rawUsage: string | null },
  isFinal: boolean,
  { convention, cachedFromHead }: Reading,
): UsageReading {
  const { servedModel, serviceTier, errorCode, finished, rawUsage } = state;
  const counts = rawUsage === null ? null : countUsage(rawUsage, convention, cachedFromHead);
  const meters = counts?.meters ?? {};
  return {
    servedModel,
    serviceTier,
    meters,
    otherMeters: counts?.otherMeters ?? {},
    usageSource: usageSourceOf({ meters, isFinal, isSound: counts?.isSound ?? true }),
    rawUsage,
    providerStatedCostUsd: counts?.providerStatedCostUsd ?? null,
    errorCode,
    finished,
  };
}
