import type { UsageReader, UsageReading } from '@weir/providers';
import { isReadable, SideDecoder } from './decoder.js';

/** Reads usage beside the response. It sees every byte and changes, delays and refuses none. */
export class Tap {
  private readonly decoder: SideDecoder | null;

  private constructor(
    private readonly reader: UsageReader,
    contentEncoding: string,
  ) {
    this.decoder =
      contentEncoding === 'identity' ? null : new SideDecoder(contentEncoding, (chunk) => this.reader.push(chunk));
  }

  /** null when the body is under a coding that is not read. */
  static for(reader: UsageReader, contentEncoding: string): Tap | null {
    const coding = contentEncoding.trim().toLowerCase() || 'identity';
    return isReadable(coding) ? new Tap(reader, coding) : null;
  }

  get sawToken(): boolean {
    return this.reader.sawToken;
  }

  push(chunk: Buffer): void {
    if (this.decoder) this.decoder.push(chunk);
    else this.reader.push(chunk);
  }

  /** Calls back, at once when nothing has to be decoded, when the reading is as complete as it will be. */
  end(callback: () => void): void {
    if (this.decoder) this.decoder.end(callback);
    else callback();
  }

  /** What is known so far. A reading of a body that did not come to its end is partial at best. */
  read(isComplete: boolean): UsageReading {
    const reading = this.reader.read();
    if ((isComplete && !this.decoder?.isDamaged) || reading.usageSource !== 'reported' || reading.finished)
      return reading;
    return { ...reading, usageSource: 'partial' };
  }

  destroy(): void {
    this.decoder?.destroy();
  }
}
