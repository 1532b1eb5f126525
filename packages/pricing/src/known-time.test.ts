import { newId, type PriceBook, type PriceOverride } from '@weir/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bookOf, entryOf, eventOf, overrideOf, PROJECT } from '../test/books.js';
import { rate } from './rate.js';
import { supersede } from './supersede.js';

const DAY = 86_400_000;
const AT = Date.UTC(2026, 10, 1, 12);
const CALL = eventOf({ startedAt: AT, meters: { input: 1_000_000 } });
const asText = (value: unknown) =>
  JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item));
const usd = (book: PriceBook, knownAt?: number, event = CALL) => {
  const { total } = rate(event, book, knownAt);
  return total === null ? null : Number(total) / 1e12;
};

const base = bookOf([entryOf('m', { input: '2', output: '8' })]);

test('a price set for the past holds from when it was set, and as known before then it never was', () => {
  const book = { ...base, overrides: [overrideOf('m', { input: '5' }, { from: AT - DAY, knownFrom: AT + DAY })] };
  expect(usd(book, AT + DAY - 1)).toBe(2);
  expect(usd(book, AT + DAY)).toBe(5);
  expect(usd(book)).toBe(5);
  expect(usd(book, undefined, { ...CALL, startedAt: AT - DAY - 1 })).toBe(2);
});

test('a price that was taken back is still what it was, as known at the time', () => {
  const set = overrideOf('m', { input: '5' }, { from: AT - DAY, knownFrom: AT - DAY, knownUntil: AT + DAY });
  const book = { ...base, overrides: [set] };
  expect([usd(book, AT), usd(book, AT + DAY - 1), usd(book, AT + DAY), usd(book)]).toEqual([5, 5, 2, 2]);
});

test('a newer price list does not reach back to what was known before it came', () => {
  const [first] = base.versions;
  if (!first) throw new Error('no version');
  const later = {
    ...first,
    id: 'v2',
    effectiveFrom: AT - DAY,
    knownFrom: AT + DAY,
    entries: [entryOf('m', { input: '9' })],
  };
  const book = { ...base, versions: [first, later] };
  expect(rate(CALL, book, AT)).toMatchObject({ priceVersion: 'v1', knownAt: 0 });
  expect(rate(CALL, book)).toMatchObject({ priceVersion: 'v2', knownAt: AT + DAY });
});

test('what is known is the newest change that was made by then', () => {
  const overrides = [
    overrideOf('other', { input: '1' }, { knownFrom: 1_000, knownUntil: 3_000 }),
    overrideOf('other', { input: '1' }, { knownFrom: 2_000 }),
  ];
  const book = { ...base, overrides };
  expect([999, 1_000, 2_999, 3_000, 9_999].map((at) => rate(CALL, book, at).knownAt)).toEqual([
    0, 1_000, 2_000, 3_000, 3_000,
  ]);
});

const change = fc.record({
  kind: fc.constantFrom(
    'usd' as const,
    'eur' as const,
    'clear' as const,
    'tier' as const,
    'rate' as const,
    'list' as const,
  ),
  from: fc.integer({ min: -5, max: 5 }),
  perMillion: fc.integer({ min: 0, max: 9 }),
});

/** The book after one more change, made a day after the one before it, as the control plane keeps it. */
function after(
  book: PriceBook,
  { kind, from, perMillion }: typeof change extends fc.Arbitrary<infer C> ? C : never,
  n: number,
) {
  const knownFrom = AT + n * DAY;
  const at = { from: AT + from * DAY, knownFrom };
  if (kind === 'rate') {
    const rows = book.exchangeRates.map((row) => ({ ...row, until: null }));
    const { ended } = supersede(
      rows.filter((row) => row.from === at.from),
      at,
    );
    const gone = new Set(ended.map((row) => row.knownFrom));
    const kept = book.exchangeRates.map((row) =>
      row.from === at.from && row.knownUntil === null && gone.has(row.knownFrom)
        ? { ...row, knownUntil: knownFrom }
        : row,
    );
    const usdPerUnit = `1.${perMillion}`;
    return {
      ...book,
      exchangeRates: [...kept, { projectId: PROJECT, currency: 'EUR', usdPerUnit, ...at, knownUntil: null }],
    };
  }
  if (kind === 'list') {
    const entries = [entryOf('m', { input: String(perMillion), output: '8' })];
    const version = { id: `v-${n}`, source: 't', sourceVersion: '1', effectiveFrom: knownFrom, knownFrom, entries };
    return { ...book, versions: [...book.versions, version] };
  }
  const serviceTier = kind === 'tier' ? ('default' as const) : null;
  const own = book.overrides.filter((row) => row.serviceTier === serviceTier) as (PriceOverride & {
    knownFrom: number;
  })[];
  const { ended, left } = supersede(own, at);
  const gone = new Set<unknown>(ended);
  const kept = book.overrides.map((row) => (gone.has(row) ? { ...row, knownUntil: knownFrom } : row));
  const currency = kind === 'eur' ? 'EUR' : 'USD';
  const added =
    kind === 'clear'
      ? []
      : [overrideOf('m', { input: String(perMillion) }, { ...at, serviceTier, currency, id: newId() })];
  return { ...book, overrides: [...kept, ...left, ...added] };
}

test('rating again as known then is the same to the byte, whatever was changed since', () => {
  fc.assert(
    fc.property(
      fc.array(change, { minLength: 1, maxLength: 10 }),
      fc.integer({ min: -6, max: 6 }),
      fc.constantFrom(null, 'default', 'flex'),
      (changes, day, serviceTier) => {
        const event = { ...CALL, serviceTier, startedAt: AT + day * DAY };
        let book = { ...base };
        const ratings = [rate(event, book)];
        for (const [n, one] of changes.entries()) {
          book = after(book, one, n + 1);
          ratings.push(rate(event, book));
        }
        // A book that was read again, its rows in another order.
        const again: PriceBook = structuredClone({
          ...{ ...book, version: 99, overrides: book.overrides.toReversed() },
          ...{ exchangeRates: book.exchangeRates.toReversed(), versions: book.versions.toReversed() },
        });
        for (const [n, rating] of ratings.entries()) {
          expect(asText(rate(event, again, AT + n * DAY))).toBe(asText(rating));
          expect(asText(rate(event, again, rating.knownAt))).toBe(asText(rating));
        }
      },
    ),
    { numRuns: 400 },
  );
});
