import { describe, expect, test } from 'vitest';
import { appearances } from './appearance';
import { read, sum, ticksFor } from './series';

const series = (key: string, group?: string) => ({ key, label: key, values: [], ...(group ? { group } : {}) });

describe('appearance', () => {
  test('series of one provider type share the hue and differ by hatch', () => {
    const look = appearances([series('a', 'openai'), series('b', 'anthropic'), series('c', 'openai')]);
    expect(look.get('a')?.paint).toBe(look.get('c')?.paint);
    expect(look.get('a')?.hatch).not.toBe(look.get('c')?.hatch);
    expect(look.get('a')?.paint).not.toBe(look.get('b')?.paint);
  });

  test.each([12, 30])('%d series all look different', (size) => {
    for (const group of [undefined, 'openai']) {
      const look = appearances(Array.from({ length: size }, (_, index) => series(`s${index}`, group)));
      expect(new Set([...look.values()].map(({ paint, hatch }) => paint.light + hatch)).size).toBe(size);
    }
  });
});

describe('sum', () => {
  test('money is added without loss', () => {
    expect(sum(['0.1', '0.2', '0.000000000001'])).toBe('0.300000000001');
  });

  test('counts are added as numbers', () => {
    expect(sum([1, 2, 3])).toBe(6);
  });
});

describe('unknown amounts', () => {
  test('are left out of a sum that is known otherwise', () => {
    expect(sum(['0.1', null, '0'])).toBe('0.1');
    expect(sum([1, null])).toBe(1);
  });

  test('make a sum unknown that would be zero without them', () => {
    expect(sum([null, '0', '0.000'])).toBeNull();
    expect(read('usd', sum([null]))).toBe('unpriced');
    expect(read('tokens', null)).toBe('–');
    expect(sum(['0', '0'])).toBe('0');
    expect(sum([])).toBe(0);
  });
});

test('read says money as money', () => {
  expect(read('usd', '0.0004312')).toBe('$0.0004312');
  expect(read('tokens', 12345)).toBe('12,345');
});

describe('ticks', () => {
  test.each([
    [10, 'requests', [0, 5, 10]],
    [3, 'requests', [0, 1, 2, 3]],
    [0.5, 'usd', [0, 0.2, 0.4, 0.6]],
    [0.00042, 'usd', [0, 0.0002, 0.0004, 0.0006]],
    [1_000_000, 'tokens', [0, 500_000, 1_000_000]],
  ] as const)('up to %d %s', (highest, unit, ticks) => {
    expect(ticksFor(highest, unit)).toEqual([...ticks]);
  });

  test('start at zero and reach the highest value', () => {
    for (const highest of [1, 7, 99, 101, 12_345, 0.0371, 2.5e9]) {
      const ticks = ticksFor(highest, 'usd');
      expect(ticks[0]).toBe(0);
      expect(ticks[ticks.length - 1]).toBeGreaterThanOrEqual(highest);
      expect(ticks.length).toBeLessThanOrEqual(7);
    }
  });
});
