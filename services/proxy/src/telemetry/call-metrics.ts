import type { UsageEvent } from '@weir/contracts';
import type { Attributes, Histogram, Meter } from '@weir/telemetry';
import type { ServedProvider } from '../snapshot/snapshot.js';
import { inputTokens, operationAttributes } from './call-attributes.js';
import { operationOf } from './semantics.js';

/** Bounds that the conventions name for each. */
const TOKENS = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864];
const SECONDS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];

/** https://github.com/open-telemetry/semantic-conventions-genai/blob/main/docs/gen-ai/gen-ai-metrics.md */
export class CallMetrics {
  private readonly usage: Histogram;
  private readonly duration: Histogram;
  private readonly firstChunk: Histogram;

  constructor(meter: Meter) {
    const histogram = (name: string, unit: string, description: string, explicitBucketBoundaries: number[]) =>
      meter.createHistogram(name, { unit, description, advice: { explicitBucketBoundaries } });
    this.usage = histogram('gen_ai.client.token.usage', '{token}', 'Input and output tokens used.', TOKENS);
    this.duration = histogram('gen_ai.client.operation.duration', 's', 'GenAI operation duration.', SECONDS);
    const firstChunk = 'gen_ai.client.operation.time_to_first_chunk';
    this.firstChunk = histogram(firstChunk, 's', 'From asking the upstream to its first chunk.', SECONDS);
  }

  record(event: UsageEvent, provider: ServedProvider, seconds: number, firstChunkSeconds: number | null): void {
    const operation = operationOf(event.endpoint);
    if (operation === null) return;
    const attributes = operationAttributes(event, provider, operation);
    this.duration.record(seconds, attributes);
    const { 'error.type': _, ...rest } = attributes;
    if (firstChunkSeconds !== null) this.firstChunk.record(firstChunkSeconds, rest);
    this.tokens(inputTokens(event.meters), 'input', rest);
    this.tokens(event.meters.output ?? null, 'output', rest);
  }

  private tokens(count: number | null, type: 'input' | 'output', attributes: Attributes): void {
    if (count !== null) this.usage.record(count, { ...attributes, 'gen_ai.token.type': type });
  }
}
