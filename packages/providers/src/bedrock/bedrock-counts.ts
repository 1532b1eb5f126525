import { countOf, objectOf } from '../json/value.js';
import type { ResponseHead } from '../provider-type.js';
import type { Stated } from './stated.js';

/** What Bedrock itself counted for an InvokeModel call, apart from what the model's body says. */
export interface BedrockCounts {
  readonly counts: Stated;
  /** JSON text; null when it stated none. */
  readonly raw: string | null;
}

const NAMES = {
  input: 'x-amzn-bedrock-input-token-count',
  output: 'x-amzn-bedrock-output-token-count',
  cachedInput: 'x-amzn-bedrock-cache-read-input-token-count',
  cacheWrite: 'x-amzn-bedrock-cache-write-input-token-count',
} as const;

const WHOLE = /^\d{1,15}$/;

/** Of a whole answer: in its headers. `raw` is an object of those that came, each value as it was sent. */
export function countsInHeaders(head: ResponseHead): BedrockCounts {
  const counts: { -readonly [K in keyof Stated]: Stated[K] } = {};
  const sent: Record<string, string> = {};
  for (const [quantity, name] of Object.entries(NAMES) as [keyof typeof NAMES, string][]) {
    const value = head.header?.(name) ?? null;
    if (value === null) continue;
    sent[name] = value;
    if (WHOLE.test(value)) counts[quantity] = Number(value);
  }
  return { counts, raw: Object.keys(sent).length > 0 ? JSON.stringify(sent) : null };
}

/** Of a stream: in `amazon-bedrock-invocationMetrics`, a member of its last chunk. */
export function countsInMetrics(value: unknown): Stated {
  const metrics = objectOf(value);
  return {
    input: countOf(metrics?.inputTokenCount),
    output: countOf(metrics?.outputTokenCount),
    cachedInput: countOf(metrics?.cacheReadInputTokenCount),
    cacheWrite: countOf(metrics?.cacheWriteInputTokenCount),
  };
}
