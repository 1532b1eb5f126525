import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Cutter, MAGIC } from './cutter.js';

/** A file of `pages` and `metadata`, in chunks of `size`. */
function* chunksOf(pages: Buffer, metadata: Buffer, size: number): Generator<Buffer> {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(metadata.length);
  const file = Buffer.concat([MAGIC, pages, metadata, length, MAGIC]);
  for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size);
}

it('pages pass and metadata is kept, however the file is cut', () => {
  const bytes = (max: number) => fc.uint8Array({ maxLength: max }).map((array) => Buffer.from(array));
  fc.assert(
    fc.property(bytes(300), bytes(100), fc.integer({ min: 1, max: 50 }), (pages, metadata, size) => {
      const cutter = new Cutter();
      const passed = [...chunksOf(pages, metadata, size)].map((chunk) => cutter.take(chunk));
      const end = cutter.end();
      expect(Buffer.concat([...passed, end.pages])).toEqual(pages);
      expect(end.metadata).toEqual(metadata);
    }),
  );
});

it('of a long file only the end is held', () => {
  const pages = Buffer.alloc(40 * 1_048_576, 7);
  const cutter = new Cutter();
  let passed = 0;
  let most = 0;
  let given = 0;
  for (const chunk of chunksOf(pages, Buffer.from('meta'), 65_536)) {
    given += chunk.length;
    passed += cutter.take(chunk).length;
    most = Math.max(most, given - passed);
  }
  expect(most).toBeLessThan(9 * 1_048_576);
  expect(passed + cutter.end().pages.length).toBe(pages.length);
});

it.each([
  ['nothing', Buffer.alloc(0)],
  ['the magic alone', MAGIC],
  ['a file without its end', Buffer.concat([MAGIC, Buffer.alloc(500, 1)])],
  [
    'the text of an error behind pages',
    Buffer.concat([MAGIC, Buffer.alloc(500, 1), Buffer.from('Code: 241. DB::Exception')]),
  ],
])('%s is no file', (_, bytes) => {
  const cutter = new Cutter();
  cutter.take(bytes);
  expect(() => cutter.end()).toThrow(expect.objectContaining({ code: 'CLICKHOUSE_ANSWER', retryable: true }));
});
