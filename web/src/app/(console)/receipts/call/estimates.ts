import { estimateReason } from '../../providers/calls/wording';

/** The meter a bucket takes its quantity from. */
const METER_OF: Readonly<Record<string, string>> = {
  input: 'input',
  tool_use_input: 'toolUseInput',
  audio_input: 'audioInput',
  image_input: 'imageInput',
  cached_input: 'cachedInput',
  cached_audio_input: 'cachedAudioInput',
  cache_write_5m: 'cacheWrite5m',
  cache_write_1h: 'cacheWrite1h',
  cache_write_unknown: 'cacheWriteUnknown',
  output: 'output',
  reasoning: 'reasoning',
  audio_output: 'audioOutput',
  image_output: 'imageOutput',
};

interface Estimated {
  readonly usageSource: string;
  readonly estimator: string | null;
  readonly estimatedMeters: readonly string[];
}

/** Why the quantity of this meter is an estimate; null where it is as stated. */
export function estimatedMeterReason(meter: string, { usageSource, estimator, estimatedMeters }: Estimated) {
  if (estimatedMeters.includes(meter)) {
    return estimator ? `counted by the tokenizer ${estimator}` : (estimateReason('estimated') ?? 'estimated');
  }
  return usageSource === 'partial' ? estimateReason('partial') : null;
}

/** The same for a line of the receipt. */
export function estimatedBucketReason(bucket: string, call: Estimated): string | null {
  const meter = METER_OF[bucket];
  return meter ? estimatedMeterReason(meter, call) : null;
}
