import { crc32c } from './crc32c.js';
import { WeirError } from './errors.js';

/** 4 bytes length of what follows the first 8, 4 bytes crc32c of it. */
const PREFIX_BYTES = 8;
/** No frame holds less: the shortest one holds a length of its own. */
const LEAST_BYTES = 12;

/** Gives memory for so many bytes, all of which will be written. */
export type Place = (bytes: number) => Buffer;

/** Bytes as they lie in a spool and in a batch, one frame after the other. */
export function frameOf(parts: readonly Uint8Array[], place: Place = Buffer.allocUnsafe): Buffer {
  const frame = place(parts.reduce((sum, part) => sum + part.length, PREFIX_BYTES));
  let at = PREFIX_BYTES;
  for (const part of parts) {
    frame.set(part, at);
    at += part.length;
  }
  frame.writeUInt32BE(frame.length - PREFIX_BYTES, 0);
  frame.writeUInt32BE(crc32c(frame.subarray(PREFIX_BYTES)), 4);
  return frame;
}

/** Bytes of the frame that begins at `at`, its length included; null where it is not whole. */
export function frameLength(bytes: Buffer, at: number): number | null {
  if (at + LEAST_BYTES > bytes.length) return null;
  const length = bytes.readUInt32BE(at) + PREFIX_BYTES;
  return length >= LEAST_BYTES && at + length <= bytes.length ? length : null;
}

/**
 * What a frame holds. @param frame exactly one frame
 * @throws WeirError with `code` where it is not the one that was written
 */
export function framed(frame: Buffer, code: string): Buffer {
  const held = frame.subarray(PREFIX_BYTES);
  if (frameLength(frame, 0) === frame.length && crc32c(held) === frame.readUInt32BE(4)) return held;
  throw new WeirError(code, 'the bytes of the frame are not those that were written');
}
