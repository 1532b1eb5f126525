import type { Transform } from 'node:stream';
import { createGunzip, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib';

const MAX_OUTPUT_BYTES = 8 * 1024 * 1024;
const MAX_RATIO = 100;
/** Small bodies of repeated text compress better than any cap should judge. */
const RATIO_FROM_BYTES = 1024 * 1024;
const MAX_QUEUED_BYTES = 4 * 1024 * 1024;

/** Whether a body under these codings can be read at all. Brotli is not decoded, nor is one coding on top of another. */
export function isReadable(contentEncoding: string): boolean {
  return contentEncoding === 'identity' || CODINGS.has(contentEncoding);
}

const CODINGS = new Set(['gzip', 'x-gzip', 'deflate', 'zstd']);

/** Decodes a copy of the body for the usage reader. Gives up, quietly, on damage and on bombs. */
export class SideDecoder {
  private stream: Transform | null = null;
  private inputBytes = 0;
  private outputBytes = 0;
  private hasGivenUp = false;
  private onEnd: (() => void) | null = null;

  constructor(
    private readonly coding: string,
    private readonly sink: (chunk: Buffer) => void,
  ) {}

  /** The body was not read to its end. */
  get isDamaged(): boolean {
    return this.hasGivenUp;
  }

  push(chunk: Buffer): void {
    if (this.hasGivenUp || chunk.length === 0) return;
    this.stream ??= this.open(chunk);
    this.inputBytes += chunk.length;
    if (this.stream.writableLength > MAX_QUEUED_BYTES) this.giveUp();
    else this.stream.write(chunk);
  }

  /** Calls back once everything pushed has been read, or cannot be. */
  end(callback: () => void): void {
    if (this.stream === null || this.hasGivenUp) callback();
    else {
      this.onEnd = callback;
      this.stream.end();
    }
  }

  destroy(): void {
    this.hasGivenUp = true;
    this.stream?.destroy();
  }

  private open(first: Buffer): Transform {
    const stream = this.create(first);
    stream.on('data', (chunk: Buffer) => {
      this.outputBytes += chunk.length;
      const isBomb = this.outputBytes > RATIO_FROM_BYTES && this.outputBytes > this.inputBytes * MAX_RATIO;
      if (isBomb || this.outputBytes > MAX_OUTPUT_BYTES) this.giveUp();
      else if (!this.hasGivenUp) this.sink(chunk);
    });
    stream.on('error', () => this.giveUp());
    stream.on('end', () => this.settle());
    return stream;
  }

  private create(first: Buffer): Transform {
    if (this.coding === 'zstd') return createZstdDecompress();
    if (this.coding !== 'deflate') return createGunzip();
    // RFC 9110 section 8.4.1.2: some servers send the raw format under the name of the wrapped one.
    return ((first[0] as number) & 0x0f) === 8 ? createInflate() : createInflateRaw();
  }

  private giveUp(): void {
    this.hasGivenUp = true;
    this.stream?.destroy();
    this.settle();
  }

  private settle(): void {
    const callback = this.onEnd;
    this.onEnd = null;
    callback?.();
  }
}
