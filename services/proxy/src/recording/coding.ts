import type { Transform } from 'node:stream';
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';

const CHUNK_BYTES = 64 * 1024;
/** Codings on top of each other; nobody sends more, and each is another chance to inflate. */
const CODINGS_MAX = 2;

/** A body without its codings, as far as it could be had. */
export interface Decoded {
  readonly bytes: Buffer;
  /** All of it is there: nothing was damaged, missing or over the limit. */
  readonly isWhole: boolean;
}

/**
 * Undoes content codings; stops, with what it has, at `maxBytes` and at damage. null where a coding is unknown.
 * @param isComplete all of the coded body is in `bytes`
 */
export async function undoCodings(
  contentEncoding: string,
  bytes: Buffer,
  isComplete: boolean,
  maxBytes: number,
): Promise<Decoded | null> {
  if (contentEncoding === '') return { bytes, isWhole: isComplete };
  const codings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  if (codings.length > CODINGS_MAX) return null;
  let decoded: Decoded = { bytes, isWhole: isComplete };
  for (const coding of codings.reverse()) {
    const stream = streamFor(coding, decoded.bytes[0] ?? 0, decoded.isWhole);
    if (stream === null) return null;
    decoded = await run(stream, decoded, maxBytes);
  }
  return decoded;
}

function streamFor(coding: string, first: number, isComplete: boolean): Transform | null {
  // The end of what was cut off is no error, and what comes before it is wanted.
  const zlib = { chunkSize: CHUNK_BYTES, ...(!isComplete && { finishFlush: constants.Z_SYNC_FLUSH }) };
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip(zlib);
    case 'deflate':
      // RFC 9110 section 8.4.1.2: some servers send the raw format under the name of the wrapped one.
      return (first & 0x0f) === 8 ? createInflate(zlib) : createInflateRaw(zlib);
    case 'br':
      return createBrotliDecompress({
        chunkSize: CHUNK_BYTES,
        ...(!isComplete && { finishFlush: constants.BROTLI_OPERATION_FLUSH }),
      });
    case 'zstd':
      return createZstdDecompress({
        chunkSize: CHUNK_BYTES,
        ...(!isComplete && { finishFlush: constants.ZSTD_e_continue }),
      });
    default:
      return null;
  }
}

function run(stream: Transform, { bytes, isWhole }: Decoded, maxBytes: number): Promise<Decoded> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (isEnd: boolean) => {
      const all = Buffer.concat(chunks, size);
      resolve({ bytes: all.subarray(0, maxBytes), isWhole: isEnd && isWhole && size <= maxBytes });
      stream.destroy();
    };
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > maxBytes) settle(false);
    });
    stream.on('error', () => settle(false));
    stream.on('end', () => settle(true));
    stream.end(bytes);
  });
}
