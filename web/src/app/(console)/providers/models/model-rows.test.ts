import { expect, it } from 'vitest';
import { modelRows } from './model-rows';

const totals = { calls: 3, unpricedCalls: 0, spend: '0.5' };

it('lists what may be called and what was called', () => {
  const rows = modelRows(['a'], new Map(), [
    { key: 'b', totals },
    { key: '', totals },
  ]);
  expect(rows.map(({ id, usage }) => [id, usage?.calls])).toEqual([
    ['a', 0],
    ['b', 3],
  ]);
});

it('without figures there is no zero', () => {
  expect(modelRows(['a'], new Map(), undefined)[0]?.usage).toBeNull();
});
