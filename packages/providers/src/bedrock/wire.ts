import { readRequest as readAnthropic } from '../anthropic/wire.js';
import { textOf } from '../json/value.js';
import type { RequestFacts } from '../provider-type.js';

/** What is read of Bedrock's own requests and answers. Everything else on the wire passes unseen. */

export const MODEL_MAX_LENGTH = 255;
const TIER_MAX_LENGTH = 63;

/**
 * The tier an answer was served on. Latency-optimized inference has prices of its own, so it is told like a tier.
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/latency-optimized-inference.html)
 */
export function tierOf(serviceTier: unknown, latency: unknown): string | null {
  return latency === 'optimized' ? 'optimized' : textOf(serviceTier, TIER_MAX_LENGTH);
}

/** InvokeModel carries the model's own body; only Anthropic's names whom a call is for. */
export function readNative(model: string, stream: boolean, body: unknown): RequestFacts {
  const { user, conversation } = readAnthropic(body);
  return { model, isModelInPath: true, stream, user, conversation };
}
