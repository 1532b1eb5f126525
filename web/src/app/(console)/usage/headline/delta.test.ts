import { expect, it } from 'vitest';
import { deltaText, moneyDeltaText } from './delta';

it.each([
  [112.3, 100, '+12.3 %'],
  [96, 100, '-4.0 %'],
  [100, 100, '±0 %'],
  [100_001, 100_000, '+<0.1 %'],
  [99_999, 100_000, '-<0.1 %'],
  [5, 0, 'new'],
  [0, 0, '–'],
  [0, 5, '-100.0 %'],
  [1_235, 10, '×124'],
  [-50, 2, '-2600.0 %'],
])('%d after %d reads %s', (now, before, text) => {
  expect(deltaText(now, before)).toBe(text);
});

it('of money is that of its exact amounts', () => {
  expect(moneyDeltaText('0.000000000003', '0.000000000002')).toBe('+50.0 %');
});
