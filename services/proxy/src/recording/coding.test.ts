import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
  zstdDecompressSync,
} from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { undoCodings } from './coding.js';
import { zstdFrame } from './zstd.js';

const TEXT = Buffer.from('The level rises a little above the sill. '.repeat(400));
const CODERS: [string, (bytes: Buffer) => Buffer][] = [
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
  ['Identity', (bytes) => bytes],
];

describe('a body under a coding', () => {
  it.each(CODERS)('%s is read', async (coding, encode) => {
    expect(await undoCodings(coding, encode(TEXT), true, 100_000)).toEqual({ bytes: TEXT, isWhole: true });
  });

  it.each(CODERS)('%s that was cut off is read as far as it came', async (coding, encode) => {
    const half = encode(TEXT);
    const read = await undoCodings(coding, half.subarray(0, Math.floor(half.length * 0.8)), false, 100_000);
    expect(read?.isWhole).toBe(false);
    expect(TEXT.subarray(0, read?.bytes.length).equals(read?.bytes as Buffer)).toBe(true);
  });

  it.each(CODERS)('%s that is no such thing is not whole', async (coding) => {
    if (coding === 'Identity') return;
    const read = await undoCodings(coding, Buffer.from('{"no":"such coding"}'), true, 100_000);
    expect(read?.isWhole).toBe(false);
  });

  it('is read up to the limit and no further, however much it would become', async () => {
    const bomb = gzipSync(Buffer.alloc(16 * 1024 * 1024));
    const read = await undoCodings('gzip', bomb, true, 10_000);
    expect([read?.bytes.length, read?.isWhole]).toEqual([10_000, false]);
    // What was decoded beyond it would be in memory, too.
    expect(read?.bytes.buffer.byteLength).toBeLessThan(200_000);
  });

  it('is read in the order it was put on, and not at all where a coding is unknown', async () => {
    expect((await undoCodings('gzip, br', brotliCompressSync(gzipSync(TEXT)), true, 100_000))?.bytes).toEqual(TEXT);
    expect(await undoCodings('compress', TEXT, true, 100_000)).toBeNull();
    expect(await undoCodings('gzip, gzip, gzip', TEXT, true, 100_000)).toBeNull();
  });
});

describe('a frame of zstd', () => {
  const unpacked = (bytes: Buffer): Buffer => zstdDecompressSync(Buffer.concat(zstdFrame(bytes)));

  it('holds the bytes it was made of, at every size', () => {
    for (const size of [0, 1, 255, 256, 2_047, 2_048, 70_000]) {
      const bytes = Buffer.alloc(size, 'abc');
      expect(unpacked(bytes).equals(bytes)).toBe(true);
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4_000 }), (bytes) => {
        expect(unpacked(Buffer.from(bytes)).equals(Buffer.from(bytes))).toBe(true);
      }),
    );
  });
});
