import { describe, expect, it } from 'vitest';
import type { Book, Line, Used } from '../change/book.js';
import { causeOf } from './cause.js';

const NONE: Used = { tokens: 0n, spend: 0n };
const at = (tokens: bigint, rate: bigint): Used => ({ tokens, spend: tokens * rate });
const line = (of: Partial<Line>): Line => ({
  ...{ provider: 'shop', model: 'm', priced: 100n, other: 0n },
  ...{ input: NONE, cachedInput: NONE, cacheWrite: NONE, output: NONE, toolUse: NONE },
  ...of,
});
const book = (...lines: Line[]): Book => {
  const attempts = lines.reduce((sum, { priced }) => sum + priced, 0n);
  return { requests: attempts, attempts, lines };
};
const USD = 10n ** 9n;

describe('the cause of a day that stands out', () => {
  const calm = line({ provider: 'desk', priced: 1_000n, input: at(1_000n, USD) });

  it('is the app and model with more calls', () => {
    const before = book(line({ priced: 1_000n, input: at(10_000n, USD) }), { ...calm, priced: 10_000n });
    const day = book(line({ priced: 400n, input: at(4_000n, USD) }), calm);
    expect(causeOf(before, day, 10n)).toEqual({
      ...{ app: 'shop', model: 'm', text: 'app `shop` on `m`: 4.0x the calls (400, 100 a day before).' },
    });
  });

  it('is longer calls', () => {
    const before = book(line({ priced: 1_000n, input: at(10_000n, USD) }));
    const day = book(line({ input: at(8_000n, USD) }));
    expect(causeOf(before, day, 10n)?.text).toBe(
      'app `shop` on `m`: calls 8.0x as long (80 tokens a call, 10 on the days before).',
    );
  });

  it('is the cache-hit rate', () => {
    const before = book(line({ priced: 1_000n, input: at(2_000n, 10n * USD), cachedInput: at(8_000n, USD) }));
    const day = book(line({ input: at(900n, 10n * USD), cachedInput: at(100n, USD) }));
    expect(causeOf(before, day, 10n)?.text).toContain('cache-hit rate fell from 80 % to 10 %');
  });

  it('is the price', () => {
    const before = book(line({ priced: 1_000n, output: at(10_000n, USD) }));
    const day = book(line({ output: at(1_000n, 5n * USD) }));
    expect(causeOf(before, day, 10n)?.text).toMatch(/^price: .*output at 5,000\.00 USD.* 1,000\.00 USD before/);
  });

  it('is retries', () => {
    const before = book(line({ priced: 1_000n, output: at(10_000n, USD) }));
    const day = { ...book(line({ priced: 300n, output: at(3_000n, USD) })), requests: 100n };
    expect(causeOf(before, day, 10n)?.text).toContain('a request took 3.00 attempts, 1.00 on the days before');
  });

  it('is what is new', () => {
    const day = book(line({ provider: 'new', output: at(1_000n, USD) }), calm);
    expect(causeOf(book({ ...calm, priced: 10_000n }), day, 10n)?.text).toBe('app `new` on `m` is new: 100 calls.');
  });

  it('is unknown where the day has no calls', () => {
    expect(causeOf(book(calm), book(), 10n)).toBeNull();
  });
});
