import { expect, it } from 'vitest';
import { rateInForce, withStanding } from './in-force';

const rate = (currency: string, validFrom: string) => ({ currency, validFrom });
const RATES = [
  rate('EUR', '2026-10-01T00:00:00Z'),
  rate('EUR', '2026-11-01T00:00:00Z'),
  rate('CHF', '2025-12-01T00:00:00Z'),
];

it('the rate that begins last is in force, currency by currency', () => {
  expect(withStanding(RATES).map(({ currency, isInForce }) => `${currency} ${isInForce}`)).toEqual([
    'CHF true',
    'EUR true',
    'EUR false',
  ]);
  expect(rateInForce(RATES, 'EUR')?.validFrom).toBe('2026-11-01T00:00:00Z');
});

it('a currency that nobody has set a rate for has none', () => {
  expect(rateInForce(RATES, 'JPY')).toBeNull();
});
