import type { SnapshotProvider } from '@weir/contracts';
import { isEstimable, writesText } from '@weir/providers';
import type { OpenEvent } from '../metering/event.js';
import type { CountRequest, Estimate, TextMeter } from './count.js';
import type { Evidence } from './evidence.js';

const READ = ['input', 'cachedInput', 'cacheWrite5m', 'cacheWrite1h', 'cacheWriteUnknown'] as const;

/** Whether a count of ours may stand in for usage that an answer of this endpoint leaves out. */
export function mayEstimate({ usageFallback }: Pick<SnapshotProvider, 'usageFallback'>, endpoint: string): boolean {
  return usageFallback === 'estimated' && isEstimable(endpoint);
}

/** The meters that the upstream left out of an answer that should have had them. */
export function missingMeters({ endpoint, usageSource, meters }: OpenEvent): TextMeter[] {
  if (usageSource === 'reported') return [];
  const missing: TextMeter[] = [];
  if (READ.every((meter) => meters[meter] === undefined)) missing.push('input');
  if (meters.output === undefined && writesText(endpoint)) missing.push('output');
  return missing;
}

/** What is asked of the estimator; null where the answer was too long to be kept. */
export function countRequest(event: OpenEvent, evidence: Evidence, wanted: readonly TextMeter[]): CountRequest | null {
  const answer = evidence.answer();
  if (answer === null || event.providerType === null) return null;
  const { contentEncoding, bytes } = answer;
  return {
    ...{ type: event.providerType, endpoint: event.endpoint, model: event.servedModel ?? event.requestedModel, wanted },
    ...{ request: evidence.requestBytes(), contentEncoding, answer: bytes },
  };
}

/** What the upstream stated stays as it is; the rest is marked as what it is. */
export function applyEstimate(event: OpenEvent, { estimator, meters }: Estimate): void {
  const { reasoning } = event.meters;
  const counted = { ...meters };
  // A part that is stated is at least in its whole.
  if (counted.output !== undefined && reasoning !== undefined) counted.output = Math.max(counted.output, reasoning);
  event.meters = { ...event.meters, ...counted };
  event.usageSource = 'estimated';
  event.estimator = estimator;
  event.estimatedMeters = Object.keys(counted) as TextMeter[];
}
