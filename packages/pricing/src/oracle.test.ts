import { calcPrice, findProvider, type Usage } from '@pydantic/genai-prices';
import type { CatalogEntry, Meters, PriceBook } from '@weir/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bookOf, eventOf } from '../test/books.js';
import { LIBRARY } from '../test/library.js';
import { rate } from './rate.js';

const CATALOG = LIBRARY.entries;
const vendors = [...new Set(CATALOG.map(({ vendor }) => vendor))];

/** A book that prices provider type `openai` by one vendor. */
const books = new Map<string, PriceBook>(
  vendors.map((vendor) => [vendor, { ...bookOf(CATALOG), vendors: { openai: [vendor] } }]),
);

/** What the library makes of a name. */
const theirModel = (vendor: string, name: string) => calcPrice({}, name, { providerId: vendor })?.model.id;

/** Models the library finds by their name and prices by buckets that exist here, so that both must come to the same. */
const comparable = CATALOG.filter(
  ({ vendor, model, rates }) =>
    rates.input &&
    rates.output &&
    rates.cached_input &&
    !rates.image_input &&
    !rates.audio_input &&
    theirModel(vendor, model) === model,
);

const tokens = fc.integer({ min: 0, max: 400_000 });
const someMeters = fc.record({ input: tokens, cachedInput: tokens, cacheWrite5m: tokens, output: tokens });

function usageOf(
  { rates }: CatalogEntry,
  meters: Required<Pick<Meters, 'input' | 'cachedInput' | 'output'>> & Meters,
): Usage {
  const write = rates.cache_write_5m ? (meters.cacheWrite5m ?? 0) : 0;
  return {
    input_tokens: meters.input + meters.cachedInput + write,
    cache_read_tokens: meters.cachedInput,
    ...(rates.cache_write_5m && { cache_write_tokens: write }),
    output_tokens: meters.output,
  };
}

const DAY = 86_400_000;

test('every model is priced as the library prices it, at any time and quantity', () => {
  expect(comparable.length).toBeGreaterThan(300);
  fc.assert(
    fc.property(
      fc.constantFrom(...comparable),
      someMeters,
      fc.integer({ min: Date.UTC(2025, 0, 1) / 1_000, max: (Date.UTC(2027, 0, 1) + 30 * DAY) / 1_000 }),
      (entry, all, second) => {
        const meters = entry.rates.cache_write_5m ? all : { ...all, cacheWrite5m: 0 };
        const startedAt = second * 1_000;
        const book = books.get(entry.vendor) as PriceBook;
        const ours = rate(eventOf({ servedModel: entry.model, meters, startedAt }), book);
        const theirs = calcPrice(usageOf(entry, meters), entry.model, {
          providerId: entry.vendor,
          timestamp: new Date(startedAt),
        });
        const inUsd = Number(ours.total) / 1e12;
        expect(inUsd).toBeCloseTo(theirs?.total_price ?? Number.NaN, 6);
      },
    ),
    { numRuns: 3_000 },
  );
});

test('names are understood as the library understands them, dated or not', () => {
  const suffixes = ['-2025-08-05', '-20250805', '-latest', ':free', '-preview', '@default'];
  let compared = 0;
  for (const [vendor, entries] of Map.groupBy(CATALOG, (entry) => entry.vendor)) {
    // Such a vendor's names are also looked up in another vendor's list; here a provider type names its vendors itself.
    if (findProvider({ providerId: vendor })?.fallback_model_providers) continue;
    const models = new Set(entries.map(({ model }) => model));
    const priced = new Set(entries.filter(({ rates }) => rates.input || rates.output).map(({ model }) => model));
    for (const name of [...models].flatMap((model) => suffixes.map((suffix) => model + suffix))) {
      const theirs = theirModel(vendor, name);
      if (models.has(name)) continue;
      const { lines } = rate(
        eventOf({ servedModel: name, meters: { input: 1, output: 1 } }),
        books.get(vendor) as PriceBook,
      );
      const source = lines.map((line) => line.source).find((one) => one !== 'none') ?? 'none';
      expect([vendor, name, source]).toEqual([
        vendor,
        name,
        theirs !== undefined && priced.has(theirs) ? `catalog:v1:${theirs}` : 'none',
      ]);
      compared++;
    }
  }
  expect(compared).toBeGreaterThan(3_000);
});

test('a model is found by its own name first, whatever rules of others fit it', () => {
  for (const { vendor, model } of CATALOG) {
    const { lines } = rate(
      eventOf({ servedModel: model, meters: { input: 1, output: 1 } }),
      books.get(vendor) as PriceBook,
    );
    for (const { source } of lines) if (source !== 'none') expect(source).toBe(`catalog:v1:${model}`);
  }
});
