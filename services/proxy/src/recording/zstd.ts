import { constants, zstdCompressSync } from 'node:zlib';

/** Half again as fast as the default, and bodies become hardly larger by it. */
const LEVEL = 1;
/** Below it a compressor costs more to set up than it saves. */
const STORED_BELOW_BYTES = 2_048;
const MAGIC = 0xfd2f_b528;
/** One segment, its content's size in one byte, or in two of which the value is 256 less. */
const SIZE_IN_ONE = 0x20;
const SIZE_IN_TWO = 0x60;
const TWO_FROM_BYTES = 256;
const LAST_RAW_BLOCK = 1;

/** A zstd frame of the bytes, in pieces; they may be the bytes themselves. */
export function zstdFrame(bytes: Buffer): readonly Buffer[] {
  if (bytes.length < STORED_BELOW_BYTES) return storedFrame(bytes);
  return [zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } })];
}

/** A frame of one raw block (RFC 8878 sections 3.1.1.1 and 3.1.1.2). */
function storedFrame(bytes: Buffer): readonly Buffer[] {
  const isTwo = bytes.length >= TWO_FROM_BYTES;
  const header = Buffer.allocUnsafe(isTwo ? 10 : 9);
  let at = header.writeUInt32LE(MAGIC, 0);
  at = header.writeUInt8(isTwo ? SIZE_IN_TWO : SIZE_IN_ONE, at);
  at = isTwo ? header.writeUInt16LE(bytes.length - TWO_FROM_BYTES, at) : header.writeUInt8(bytes.length, at);
  header.writeUIntLE((bytes.length << 3) | LAST_RAW_BLOCK, at, 3);
  return [header, bytes];
}
