import { constants, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';

const MAX_OUTPUT_BYTES = 8 * 1024 * 1024;

/** A body without its coding, as far as it came. @throws where it is damaged, too large, or in a coding that is not read */
export function decoded(contentEncoding: string, bytes: Buffer): Buffer {
  const limits = { maxOutputLength: MAX_OUTPUT_BYTES };
  const inflating = { ...limits, finishFlush: constants.Z_SYNC_FLUSH };
  switch (contentEncoding.trim().toLowerCase()) {
    case '':
    case 'identity':
      return bytes;
    case 'gzip':
    case 'x-gzip':
      return gunzipSync(bytes, inflating);
    case 'deflate':
      return ((bytes[0] ?? 0) & 0x0f) === 8 ? inflateSync(bytes, inflating) : inflateRawSync(bytes, inflating);
    case 'zstd':
      return zstdDecompressSync(bytes, { ...limits, finishFlush: constants.ZSTD_e_continue });
    default:
      throw new Error('a coding that is not read');
  }
}
