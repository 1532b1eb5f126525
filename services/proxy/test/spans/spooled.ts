import { existsSync } from 'node:fs';
import { zstdDecompressSync } from 'node:zlib';
import { decodeSpanFrame, frameLength, type SpanFrame } from '@weir/contracts';
import { filesUnder } from '../recording/spooled.js';

export function spanFramesIn(bytes: Buffer): SpanFrame[] {
  const frames: SpanFrame[] = [];
  let at = 0;
  for (let length = frameLength(bytes, at); length !== null; length = frameLength(bytes, at)) {
    frames.push(decodeSpanFrame(bytes.subarray(at, at + length), (held) => zstdDecompressSync(held)));
    at += length;
  }
  return frames;
}

/** What lies in the spools of spans below a directory. */
export function spooledSpans(directory: string): SpanFrame[] {
  if (!existsSync(directory)) return [];
  return filesUnder(directory).flatMap(({ path, bytes }) => (/\.(open|batch)$/.test(path) ? spanFramesIn(bytes) : []));
}
