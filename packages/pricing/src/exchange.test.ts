import { type ExchangeRate, formatUsd, type PriceOverride, parseUsd, type UsageEvent } from '@weir/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bookOf, entryOf, eventOf, overrideOf, PROJECT } from '../test/books.js';
import { toUsd } from './exchange.js';
import { rate } from './rate.js';

const DAY = 86_400_000;
const AT = Date.UTC(2026, 10, 1, 12);
const FLAT = entryOf('m', { input: '2', output: '8' });

const worth = (usdPerUnit: string, from: number, over: Partial<ExchangeRate> = {}): ExchangeRate => ({
  ...{ projectId: PROJECT, currency: 'EUR', usdPerUnit, from, knownFrom: from, knownUntil: null },
  ...over,
});
const bookIn = (rates: PriceOverride['rates'], exchangeRates: ExchangeRate[], currency = 'EUR') => ({
  ...bookOf([FLAT], [overrideOf('m', rates, { currency })]),
  exchangeRates,
});
const call = (over: Partial<UsageEvent> = {}) =>
  eventOf({ startedAt: AT, meters: { input: 1_000, output: 100 }, ...over });

test('each call takes the exchange rate of its own time, from its first millisecond', () => {
  const book = bookIn({ input: '3', output: '10' }, [worth('1.1', AT - DAY), worth('1.2', AT)]);
  const before = rate(call({ startedAt: AT - 1 }), book);
  expect(before.lines).toMatchObject([
    { usdPerMillion: '3.3', amount: '0.0033', converted: { currency: 'EUR', perMillion: '3', usdPerUnit: '1.1' } },
    { usdPerMillion: '11', amount: '0.0011' },
  ]);
  expect(formatUsd(rate(call(), book).total ?? 0n)).toBe('0.0048');
});

test('without an exchange rate the cost is unknown, also where the catalog or the upstream knows one', () => {
  const stated = call({ providerStatedCostUsd: '0.5' });
  for (const exchangeRates of [
    [],
    [worth('1.1', AT + 1)],
    [worth('1.1', AT - DAY, { projectId: '01990000-0000-7000-8000-000000000000' })],
    [worth('1.1', AT - DAY, { currency: 'GBP' })],
  ]) {
    const rating = rate(stated, bookIn({ input: '3', output: '10' }, exchangeRates));
    expect(rating).toMatchObject({ status: 'unpriced', reason: 'exchange_rate_missing', total: null });
    expect(rating.lines[0]).toMatchObject({ rule: 'no_exchange_rate', amount: null, usdPerMillion: null });
  }
});

test('what an override in another currency does not name costs the catalog rate in USD', () => {
  const { lines } = rate(call(), bookIn({ output: '10' }, [worth('1.1', AT - DAY)]));
  expect(lines.map(({ usdPerMillion, converted }) => [usdPerMillion, converted?.currency])).toEqual([
    ['2', undefined],
    ['11', 'EUR'],
  ]);
});

test('free stays free in every currency, and what only rounds to nothing is not called free', () => {
  const free = rate(call(), bookIn({ input: '0', output: '0' }, [worth('1.1', AT - DAY)]));
  expect(free).toMatchObject({ status: 'free', reason: 'rate_zero' });
  const tiny = rate(call(), bookIn({ input: '0.000001', output: '0.000001' }, [worth('0.000061', AT - DAY)]));
  expect(tiny).toMatchObject({ status: 'computed', total: 0n });
});

test.each([
  ['0.000001', '0.5', '0'],
  ['0.000003', '0.5', '0.000002'],
  ['0.000001', '0.500000000001', '0.000001'],
  ['1.000001', '1.000000000001', '1.000001'],
  ['1000000', '999999999.999999999999', '999999999999999.999999'],
])('%s at %s USD a unit is %s: rounded once, half to even, to 6 places', (perMillion, usdPerUnit, expected) => {
  expect(toUsd(perMillion, usdPerUnit)).toBe(expected);
});

test('a converted rate is never more than half a millionth off, and each line is exactly quantity x rate', () => {
  const decimal = (digits: number, places: number) =>
    fc
      .tuple(fc.integer({ min: 0, max: 10 ** digits - 1 }), fc.bigInt({ min: 0n, max: 10n ** BigInt(places) - 1n }))
      .map(([whole, fraction]) => `${whole}.${String(fraction).padStart(places, '0')}`);
  fc.assert(
    fc.property(decimal(3, 6), decimal(4, 12), fc.integer({ min: 1, max: 10_000_000 }), (perMillion, unit, input) => {
      const usdPerMillion = parseUsd(toUsd(perMillion, unit));
      const off = usdPerMillion * 10n ** 12n - parseUsd(perMillion) * parseUsd(unit);
      expect(2n * (off < 0n ? -off : off) <= 10n ** 18n).toBe(true);
      const { total } = rate(call({ meters: { input } }), bookIn({ input: perMillion }, [worth(unit, 0)]));
      expect((total ?? -1n) * 1_000_000n).toBe(BigInt(input) * usdPerMillion);
    }),
  );
});
