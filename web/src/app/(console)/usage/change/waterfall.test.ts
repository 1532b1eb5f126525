import { expect, it } from 'vitest';
import { addsUp, waterfall } from './waterfall';

const of = (spend: string, unpricedCalls = 0) => ({ spend, unpricedCalls });
const effect = (name: string, amount: string) => ({ name, amount, explanation: '' });

it('every effect begins where the one before it ended, and the last ends at what is', () => {
  const steps = waterfall(of('10'), [effect('volume', '10'), effect('price', '-15')], of('5'));
  expect(steps.map(({ left, width }) => [left, width])).toEqual([
    [0, 0.5],
    [0.5, 0.5],
    [0.25, 0.75],
    [0, 0.25],
  ]);
  expect(steps.map(({ name }) => name)).toEqual(['Before', 'volume', 'price', 'Now']);
});

it('that goes below nothing on its way stays inside the drawing', () => {
  const steps = waterfall(of('1'), [effect('mix', '-3'), effect('volume', '4')], of('2'));
  for (const { left, width } of steps) {
    expect(left).toBeGreaterThanOrEqual(0);
    expect(left + width).toBeLessThanOrEqual(1);
  }
  expect(steps[0]?.left).toBe(0.5);
});

it('of nothing draws nothing', () => {
  expect(waterfall(of('0'), [], of('0')).every(({ width }) => width === 0)).toBe(true);
});

it('does not call it zero where nothing has a price', () => {
  const steps = waterfall(of('0', 4), [effect('unpriced', '2')], of('2', 1));
  expect(steps.map(({ amount }) => amount)).toEqual([null, '2', '2']);
});

it('adds up to the last digit or does not', () => {
  expect(addsUp('1', [{ amount: '0.000000000001' }], '1.000000000001')).toBe(true);
  expect(addsUp('1', [{ amount: '0.000000000001' }], '1.000000000002')).toBe(false);
});
