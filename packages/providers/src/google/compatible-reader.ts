import type { UsageReader, UsageReading } from '../provider-type.js';
import { modelId } from './resource.js';

/** Google's answers in OpenAI's dialect, whose models are named as resources. */
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
    return { ...reading, servedModel: reading.servedModel === null ? null : modelId(reading.servedModel) };
  }
}
