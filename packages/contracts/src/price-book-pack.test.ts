import { expect, test } from 'vitest';
import { type CatalogEntryInput, catalogEntry, type PriceBook } from './price-book.js';
import { packedPriceBook, packPriceBook, unpackPriceBook } from './price-book-pack.js';

const entry = (model: string, usdPerMillion: string) =>
  catalogEntry.parse({
    ...{ vendor: 'openai', model, displayName: null, contextTokens: null, match: null },
    ...{ from: null, until: null, daily: null, rates: { input: [{ above: 0, usdPerMillion }] } },
  } satisfies CatalogEntryInput);
const version = (id: string, effectiveFrom: number, entries: PriceBook['versions'][number]['entries']) => ({
  ...{ id, source: 'test', sourceVersion: id, effectiveFrom, entries },
});
const first = Array.from({ length: 50 }, (_, index) => entry(`m${index}`, '1'));
const second = first.with(20, entry('m20', '2')).toSpliced(30, 1).concat(entry('new', '3'));
const BOOK: PriceBook = {
  ...{ format: 1, version: 9, vendors: { openai: ['openai'] }, overrides: [], exchangeRates: [] },
  versions: [version('a', 0, first), version('b', 5, second), version('c', 6, first)],
};

test('unpacking gives back what was packed, entry by entry and in order', () => {
  const sent = JSON.parse(JSON.stringify(packPriceBook(BOOK)));
  expect(unpackPriceBook(packedPriceBook.parse(sent))).toEqual(BOOK);
});

test('an entry that versions share is sent once', () => {
  const packed = packPriceBook(BOOK);
  expect(packed.pool).toHaveLength(52);
  expect(packed.versions.map(({ entries }) => entries)).toEqual([
    [[0, 50]],
    [
      [0, 20],
      [50, 1],
      [21, 9],
      [31, 19],
      [51, 1],
    ],
    [[0, 50]],
  ]);
});

test('a version that refers to entries that are not there is refused', () => {
  const packed = packPriceBook(BOOK);
  expect(() => unpackPriceBook({ ...packed, pool: packed.pool.slice(0, 51) })).toThrow(RangeError);
});
