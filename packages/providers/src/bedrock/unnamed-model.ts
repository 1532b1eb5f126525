import type { UsageReader, UsageReading } from '../provider-type.js';

/**
 * Another dialect's reader on Bedrock. The model an answer names is left out: it may be the vendor's own id, while
 * Bedrock's prices follow the id that was asked for, whose prefix names the geography.
 */
export class UnnamedModel implements UsageReader {
  constructor(private readonly reader: UsageReader) {}

  get sawToken(): boolean {
    return this.reader.sawToken;
  }

  push(chunk: Uint8Array): void {
    this.reader.push(chunk);
  }

  read(): UsageReading {
    return { ...this.reader.read(), servedModel: null };
  }
}
