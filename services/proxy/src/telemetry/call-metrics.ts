import type { UsageEvent } from '@weir/contracts';
import type { Attributes, Histogram, Meter, Series } from '@weir/telemetry';
import { inputTokens } from './call-attributes.js';

/** Bounds that the conventions name for each. */
const TOKENS = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864];
const SECONDS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];

/** Where calls that are alike are counted. */
export interface CallSeries {
  readonly duration: Series;
  /** Made with their first value: most calls have none of some of them. */
  firstChunk: Series | null;
  input: Series | null;
  output: Series | null;
  readonly attributes: Attributes;
}

/** https://github.com/open-telemetry/semantic-conventions-genai/blob/main/docs/gen-ai/gen-ai-metrics.md */
export class CallMetrics {
  private readonly usage: Histogram;
  private readonly duration: Histogram;
  private readonly firstChunk: Histogram;

  constructor(meter: Meter) {
    const histogram = (name: string, unit: string, description: string, bounds: readonly number[]) =>
      meter.histogram({ name, unit, description, bounds });
    this.usage = histogram('gen_ai.client.token.usage', '{token}', 'Input and output tokens used.', TOKENS);
    this.duration = histogram('gen_ai.client.operation.duration', 's', 'GenAI operation duration.', SECONDS);
    const firstChunk = 'gen_ai.client.operation.time_to_first_chunk';
    this.firstChunk = histogram(firstChunk, 's', 'From asking the upstream to its first chunk.', SECONDS);
  }

  /** @param attributes what the metrics of a call are split by */
  seriesOf(attributes: Attributes): CallSeries {
    const { 'error.type': _, ...rest } = attributes;
    const duration = this.duration.series(attributes);
    return { duration, firstChunk: null, input: null, output: null, attributes: rest };
  }

  record(
    series: CallSeries,
    { meters }: Pick<UsageEvent, 'meters'>,
    seconds: number,
    firstChunkSeconds: number | null,
  ): void {
    const { attributes } = series;
    series.duration.record(seconds);
    if (firstChunkSeconds !== null) {
      series.firstChunk ??= this.firstChunk.series(attributes);
      series.firstChunk.record(firstChunkSeconds);
    }
    const input = inputTokens(meters);
    if (input !== null) {
      series.input ??= this.usage.series({ ...attributes, 'gen_ai.token.type': 'input' });
      series.input.record(input);
    }
    if (meters.output === undefined) return;
    series.output ??= this.usage.series({ ...attributes, 'gen_ai.token.type': 'output' });
    series.output.record(meters.output);
  }
}
