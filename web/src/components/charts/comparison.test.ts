import { describe, expect, it } from 'vitest';
import { differenceText, previousAmounts } from './comparison';

const series = (key: string, values: (string | null)[], other = false) => ({ key, label: key, values, other });
const NOW = [series('a', ['1', '1']), series('b', ['2', '2']), series(' other', ['3', '3'], true)];
const BEFORE = {
  label: 'Oct',
  buckets: ['2026-10-01', '2026-10-02'],
  series: [series('a', ['0.1', '0.1']), series('gone', ['0.2', null]), series(' other', ['0.000000000001', '0'], true)],
};

describe('the period before', () => {
  it('is the exact sum of everything it had, by position of the bucket', () => {
    expect(previousAmounts(BEFORE, NOW, new Set())).toEqual(['0.300000000001', '0.1']);
  });

  it('is cut to the series on show where all of them are known by name in both', () => {
    expect(previousAmounts(BEFORE, NOW, new Set(['b', ' other']))).toEqual(['0.1', '0.1']);
  });

  it('is left out where a series on show may be in its rest, or the rest itself is on show', () => {
    expect(previousAmounts(BEFORE, NOW, new Set(['a', ' other']))).toBeNull();
    expect(previousAmounts(BEFORE, NOW, new Set(['a']))).toBeNull();
  });

  it('had none of a series that it does not name, where it has no rest', () => {
    const whole = { ...BEFORE, series: [series('a', ['0.1', '0.1'])] };
    expect(previousAmounts(whole, NOW, new Set(['a', ' other']))).toEqual([0, 0]);
  });
});

describe('the difference', () => {
  it('is exact, signed and a share of what was', () => {
    expect(differenceText('usd', '1.300000000001', '1')).toBe('+$0.300000000001 (+30.0 %)');
    expect(differenceText('usd', '0.5', '1')).toBe('-$0.50 (-50.0 %)');
    expect(differenceText('tokens', 1200, 1000)).toBe('+200 (+20.0 %)');
    expect(differenceText('requests', 5, 5)).toBe('0 (0.0 %)');
  });

  it('has no share of nothing and is unknown where either is', () => {
    expect(differenceText('usd', '1', '0')).toBe('+$1.00');
    expect(differenceText('usd', null, '1')).toBeNull();
    expect(differenceText('usd', '1', null)).toBeNull();
  });
});
