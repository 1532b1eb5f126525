import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatUsd, parseUsd, priceOf } from './money.js';

describe('money', () => {
  it('reads and writes plain decimals without loss', () => {
    for (const text of ['0', '1', '0.000000000001', '123456789.000000000001', '-0.5', '0.15']) {
      expect(formatUsd(parseUsd(text))).toBe(text);
    }
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), (amount) => {
        expect(parseUsd(formatUsd(amount))).toBe(amount);
      }),
    );
  });

  it('refuses what is no plain decimal', () => {
    for (const text of ['', '1e-6', 'NaN', '.5', '1.', '0x10', '1,5', ' 1', '0.0000000000001']) {
      expect(() => parseUsd(text), text).toThrow(RangeError);
    }
  });

  it('prices a million units at exactly the rate, and parts add up to the whole', () => {
    expect(formatUsd(priceOf(1_000_000n, parseUsd('3.75')))).toBe('3.75');
    expect(formatUsd(priceOf(1n, parseUsd('0.000001')))).toBe('0.000000000001');
    const tokens = fc.bigInt({ min: 0n, max: 10n ** 9n });
    const rate = fc.bigInt({ min: 0n, max: 10n ** 9n }).map((units) => units * 1_000_000n);
    fc.assert(
      fc.property(tokens, tokens, rate, (a, b, perMillion) => {
        expect(priceOf(a, perMillion) + priceOf(b, perMillion)).toBe(priceOf(a + b, perMillion));
      }),
    );
  });

  it('refuses an amount finer than its scale instead of rounding it', () => {
    expect(() => priceOf(1n, parseUsd('0.0000001'))).toThrow(RangeError);
  });
});
