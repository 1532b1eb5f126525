import { METERS, OUTCOMES, PROVIDER_TYPES, USAGE_SOURCES, type UsageEvent } from '@weir/contracts';
import { rate } from '@weir/pricing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { priceBook, usageEventOf } from '../../test/support/batches.js';
import { toRow } from '../to-row.js';
import { toEvent } from './to-event.js';

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const text = fc.string({ maxLength: 40, unit: 'binary' });
const count = fc.nat({ max: 2_000_000 });

const events = fc
  .record({
    providerType: maybe(fc.constantFrom(...PROVIDER_TYPES)),
    requestedModel: maybe(fc.constantFrom('m', 'gpt-4o', 'unheard-of')),
    servedModel: maybe(fc.constantFrom('m', 'gpt-4o-2024-08-06')),
    serviceTier: maybe(fc.constantFrom('default', 'flex', 'batch', 'odd')),
    user: maybe(text),
    agent: maybe(text),
    tags: fc.dictionary(text, text, { maxKeys: 3, noNullPrototype: true }),
    outcome: fc.constantFrom(...OUTCOMES),
    errorCode: maybe(text),
    upstreamStatus: maybe(fc.constantFrom(200, 429, 503)),
    status: maybe(fc.constantFrom(200, 429, 503)),
    startedAt: fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2028, 0, 1) }),
    meters: fc.dictionary(fc.constantFrom(...METERS), count, { maxKeys: 8, noNullPrototype: true }),
    otherMeters: fc.dictionary(fc.constantFrom('webSearches', 'images'), count, { noNullPrototype: true }),
    usageSource: fc.constantFrom(...USAGE_SOURCES),
    estimator: maybe(fc.constant('o200k_base')),
    estimatedMeters: fc.uniqueArray(fc.constantFrom(...METERS), { maxLength: 3 }),
    rawUsage: maybe(fc.constantFrom('{"search_context_size":"low"}', '{"search_context_size":"high"}', '{}')),
    providerStatedCostUsd: maybe(fc.constantFrom('0.25', '0', '1e-3')),
    traceId: maybe(fc.constant('4bf92f3577b34da6a3ce929d0e0e4736')),
    clientRetry: maybe(fc.nat({ max: 5 })),
    abortAction: maybe(fc.constantFrom('cancelled' as const, 'drained' as const)),
  })
  .map((over): UsageEvent => usageEventOf(over));

test('the event made of a row is the event the row was made of, and rates the same', () => {
  const book = priceBook();
  fc.assert(
    fc.property(events, (event) => {
      const row = { ...toRow(event, 'batch-1'), startedAt: event.startedAt };
      const again = toEvent(row);
      expect(rate(again, book)).toEqual(rate(event, book));
      expect(toRow(again, 'batch-1')).toEqual(toRow(event, 'batch-1'));
      expect(Object.keys(again).sort()).toEqual(Object.keys(event).sort());
      expect(again.meters).toEqual(event.meters);
    }),
    { numRuns: 1_000 },
  );
});
