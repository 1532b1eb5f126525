import { METERS, parseUsd, type UsageEvent } from '@weir/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bookOf, eventOf, overrideOf } from '../test/books.js';
import { LIBRARY } from '../test/library.js';
import { rate } from './rate.js';

const models = LIBRARY.entries
  .filter(({ vendor }) => vendor === 'openai' || vendor === 'anthropic')
  .map(({ vendor, model }) => ({ providerType: vendor as 'openai' | 'anthropic', servedModel: model }));

const BOOK = bookOf();

const meters = fc.dictionary(fc.constantFrom(...METERS), fc.integer({ min: 0, max: 2_000_000 }), { maxKeys: 8 });
const event = fc
  .record({
    model: fc.constantFrom(...models, { providerType: 'openai' as const, servedModel: 'unheard-of' }),
    meters,
    webSearches: fc.option(fc.integer({ min: 0, max: 20 })),
    usageSource: fc.constantFrom('reported' as const, 'partial' as const, 'estimated' as const, 'none' as const),
    startedAt: fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2028, 0, 1) }),
  })
  .map(
    ({ model, webSearches, ...rest }): UsageEvent =>
      eventOf({ ...model, ...rest, otherMeters: webSearches === null ? {} : { webSearches } }),
  );
const decimal = fc
  .tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 999_999 }))
  .map(([whole, millionths]) => `${whole}.${String(millionths).padStart(6, '0')}`);
const rates = fc.dictionary(fc.constantFrom('input', 'output', 'cached_input', 'cache_write_5m'), decimal);

test('the lines add up to the total exactly, the parts too, and each amount is quantity x rate', () => {
  fc.assert(
    fc.property(event, rates, (one, overridden) => {
      const rating = rate(one, { ...BOOK, overrides: [overrideOf(one.servedModel ?? '', overridden)] });
      for (const { quantity, usdPerMillion, amount } of rating.lines) {
        expect(quantity).toBeGreaterThan(0);
        if (usdPerMillion === null) expect(amount).toBeNull();
        else expect(parseUsd(amount ?? '') * 1_000_000n).toBe(BigInt(quantity) * parseUsd(usdPerMillion));
      }
      const parts = Object.values(rating.parts).reduce((sum, part) => sum + part, 0n);
      expect(parts).toBe(rating.total ?? 0n);
      if (rating.total === null) return;
      expect(rating.lines.reduce((sum, { amount }) => sum + parseUsd(amount ?? ''), 0n)).toBe(rating.total);
    }),
    { numRuns: 500 },
  );
});

test('a total is stated only when every quantity has a rate, and unknown usage never has one', () => {
  fc.assert(
    fc.property(event, (one) => {
      const { status, total, lines } = rate(one, BOOK);
      expect(total === null).toBe(status === 'unpriced');
      if (total !== null) expect(lines.every(({ amount }) => amount !== null)).toBe(true);
      if (one.usageSource === 'none') expect(status).toBe('unpriced');
      if (status === 'free') expect(total).toBe(0n);
    }),
    { numRuns: 1_000 },
  );
});

test('no token is priced twice or left out', () => {
  fc.assert(
    fc.property(event, (one) => {
      const { lines, reason } = rate({ ...one, usageSource: 'reported', otherMeters: {} }, BOOK);
      if (reason === 'usage_unknown') return;
      const { input, output, toolUseInput = 0, audioInput = 0, imageInput = 0 } = one.meters;
      const { reasoning = 0, audioOutput = 0, imageOutput = 0 } = one.meters;
      const {
        cachedAudioInput = 0,
        cachedInput = cachedAudioInput,
        cacheWrite5m = 0,
        cacheWrite1h = 0,
        cacheWriteUnknown = 0,
      } = one.meters;
      const whole =
        (input ?? toolUseInput + audioInput + imageInput) +
        (output ?? reasoning + audioOutput + imageOutput) +
        cachedInput +
        cacheWrite5m +
        cacheWrite1h +
        cacheWriteUnknown;
      const priced = lines.filter(({ bucket }) => bucket !== 'request');
      expect(priced.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(whole);
    }),
    { numRuns: 1_000 },
  );
});

test('rating again, from a book read again, gives the same to the byte', () => {
  const asText = (value: unknown) =>
    JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item));
  const book = BOOK;
  fc.assert(
    fc.property(event, (one) => {
      const copy = JSON.parse(JSON.stringify(one)) as UsageEvent;
      expect(asText(rate(copy, book))).toBe(asText(rate(one, book)));
    }),
  );
  const again = JSON.parse(JSON.stringify(book)) as typeof book;
  fc.assert(
    fc.property(event, (one) => {
      expect(asText(rate(one, again))).toBe(asText(rate(one, book)));
    }),
  );
});
