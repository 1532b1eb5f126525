import type { UsageReading } from '../provider-type.js';
import type { ReplyState } from '../reply/reply-rules.js';
import { countUsage } from './usage.js';

/** The reading of a response whose last usage object is `rawUsage`; `isFinal`: no later one was due. */
export function reading(state: ReplyState & { readonly rawUsage: string | null }, isFinal: boolean): UsageReading {
  const { servedModel, serviceTier, errorCode, finished, rawUsage } = state;
  const counts = rawUsage === null ? null : countUsage(rawUsage);
  const isStated = counts !== null && Object.keys(counts.meters).length > 0;
  return {
    servedModel,
    serviceTier,
    meters: counts?.meters ?? {},
    otherMeters: counts?.otherMeters ?? {},
    usageSource: !isStated ? 'none' : isFinal ? 'reported' : 'partial',
    rawUsage,
    providerStatedCostUsd: counts?.providerStatedCostUsd ?? null,
    errorCode,
    finished,
  };
}
