import { describe, expect, it } from 'vitest';
import { stack, stackPath } from './stack';

const series = (key: string, values: (string | number | null)[]) => ({ key, label: key, values });

describe('bars on top of each other', () => {
  it('each begins where the one below it ends, bucket by bucket', () => {
    const { layers, tops } = stack([series('a', ['1.5', 0, 2]), series('b', [1, '3', null])], 3);
    expect(layers).toEqual([
      [
        { from: 0, to: 1.5 },
        { from: 0, to: 0 },
        { from: 0, to: 2 },
      ],
      [
        { from: 1.5, to: 2.5 },
        { from: 0, to: 3 },
        { from: 2, to: 2 },
      ],
    ]);
    expect(tops).toEqual([2.5, 3, 2]);
  });

  it('a series shorter than the range has nothing in the rest of it', () => {
    expect(stack([series('a', [1])], 3).tops).toEqual([1, 0, 0]);
  });

  it('draws a bar for every amount above zero and none for zero', () => {
    const [layer = []] = stack([series('a', [1, 0, 2])], 3).layers;
    const path = stackPath(
      layer,
      (index) => index * 10,
      8,
      (value) => 100 - value * 10,
    );
    expect(path).toBe('M0 100V90h8V100ZM20 100V80h8V100Z');
  });
});
