import { expect, it } from 'vitest';
import { median, Samples, spreadOf } from './percentile.js';

it('takes percentiles by nearest rank, whatever the order of the samples', () => {
  const samples = Float64Array.from({ length: 1_000 }, (_, i) => ((i * 7) % 1_000) + 1);
  expect(spreadOf(samples)).toEqual({ count: 1_000, p50: 500, p90: 900, p99: 990, p999: 999, max: 1_000 });
  expect(spreadOf(Float64Array.of(3))).toMatchObject({ p50: 3, p99: 3, max: 3 });
});

it('keeps more samples than it began with room for', () => {
  const samples = new Samples();
  for (let i = 1; i <= 10_000; i++) samples.add(i);
  expect(samples.spread()).toMatchObject({ count: 10_000, p50: 5_000, max: 10_000 });
});

it('takes medians of odd and even numbers of rounds', () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2])]).toEqual([2, 2.5]);
});
