import { expect, it } from 'vitest';
import { crc32c } from './crc32c.js';

// Test vectors of RFC 3720, appendix B.4.
it.each([
  [Buffer.alloc(32), 0x8a9136aa],
  [Buffer.alloc(32, 0xff), 0x62a8ab43],
  [Buffer.from(Array.from({ length: 32 }, (_, i) => i)), 0x46dd794e],
  [Buffer.from('123456789'), 0xe3069283],
])('computes the published checksums', (bytes, checksum) => {
  expect(crc32c(bytes)).toBe(checksum);
});

it('goes on from a former checksum', () => {
  const bytes = Buffer.from('a longer text in two parts');
  expect(crc32c(bytes.subarray(7), crc32c(bytes.subarray(0, 7)))).toBe(crc32c(bytes));
});
