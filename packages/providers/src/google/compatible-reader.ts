import { countOf, objectOf } from '../json/value.js';
import type { UsageReader, UsageReading } from '../provider-type.js';
import { modelId } from './resource.js';

/**
 * Google's answers in OpenAI's dialect. Their `total_tokens` holds the model's thoughts, their `completion_tokens` does
 * not, and nothing names them: what the total has beyond its parts was written and is billed as output.
 */
export class CompatibleReader implements UsageReader {
  constructor(private readonly reader: UsageReader) {}

  get sawToken(): boolean {
    return this.reader.sawToken;
  }

  push(chunk: Uint8Array): void {
    this.reader.push(chunk);
  }

  read(): UsageReading {
    const reading = this.reader.read();
    const servedModel = reading.servedModel === null ? null : modelId(reading.servedModel);
    const thoughts = unnamedThoughts(reading);
    if (thoughts === 0) return { ...reading, servedModel };
    const { output = 0 } = reading.meters;
    return { ...reading, servedModel, meters: { ...reading.meters, output: output + thoughts, reasoning: thoughts } };
  }
}

function unnamedThoughts({ meters, rawUsage }: UsageReading): number {
  if (rawUsage === null || meters.output === undefined || meters.input === undefined) return 0;
  // What names its reasoning has been counted with it.
  if (meters.reasoning !== undefined && meters.reasoning > 0) return 0;
  const total = countOf(objectOf(JSON.parse(rawUsage))?.total_tokens);
  const { input, output, cachedInput = 0, cacheWriteUnknown = 0 } = meters;
  return total === undefined ? 0 : Math.max(0, total - input - cachedInput - cacheWriteUnknown - output);
}
