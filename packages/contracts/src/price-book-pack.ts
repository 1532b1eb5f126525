import { z } from 'zod';
import { type CatalogEntry, catalogEntry, type PriceBook, priceBook, priceVersion } from './price-book.js';

/** First index into the pool and how many follow, one after the other. */
const run = z.tuple([z.number().int().min(0), z.number().int().min(1)]);

/**
 * A price book as it is sent and stored. Price versions repeat nearly all of each other's entries; here each one is
 * written once, so that a book grows by what a refresh changed.
 */
export const packedPriceBook = priceBook.omit({ format: true, versions: true }).extend({
  /** Format 2 told no known times; who understands no more would take what is no longer believed for prices in force. */
  format: z.literal([2, 3]),
  pool: z.array(catalogEntry),
  versions: z.array(priceVersion.omit({ entries: true }).extend({ entries: z.array(run) })),
});
export type PackedPriceBook = z.infer<typeof packedPriceBook>;

export function packPriceBook<Book extends Omit<PriceBook, 'version'>>({
  versions,
  ...book
}: Book): Omit<Book, 'format' | 'versions'> & Pick<PackedPriceBook, 'pool' | 'versions'> & { format: 3 } {
  const places = new Map<string, number>();
  const pool: CatalogEntry[] = [];
  const placeOf = (entry: CatalogEntry): number => {
    const text = JSON.stringify(entry);
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, pool.length);
    return pool.push(entry) - 1;
  };
  const packed = versions.map(({ entries, ...version }) => ({ ...version, entries: toRuns(entries.map(placeOf)) }));
  return { ...book, format: 3, pool, versions: packed };
}

/** @throws RangeError when a version refers to entries that are not there */
export function unpackPriceBook({ pool, versions, ...book }: PackedPriceBook): PriceBook {
  return {
    ...book,
    format: 1,
    versions: versions.map(({ entries, ...version }) => ({
      ...version,
      entries: entries.flatMap(([first, count]) => {
        if (first + count > pool.length) throw new RangeError('a price version refers to entries that are not there');
        return pool.slice(first, first + count);
      }),
    })),
  };
}

function toRuns(places: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const place of places) {
    const last = runs.at(-1);
    if (last && last[0] + last[1] === place) last[1]++;
    else runs.push([place, 1]);
  }
  return runs;
}
