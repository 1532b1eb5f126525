import { describe, expect, it } from 'vitest';
import { afterKey, indexOf, NOTHING_READ, type Reading } from './reading';

const BUCKETS = Array.from({ length: 20 }, (_, day) => `2026-11-${String(day + 1).padStart(2, '0')}`);
const SERIES = ['bottom', 'middle', 'top'];

function press(...keys: string[]): Reading {
  return keys.reduce<Reading>((reading, key) => afterKey(reading, key, BUCKETS, SERIES) ?? reading, NOTHING_READ);
}

describe('keys on a chart', () => {
  it('begin at the end they come from', () => {
    expect(press('ArrowRight').bucket).toBe(BUCKETS[0]);
    expect(press('ArrowLeft').bucket).toBe(BUCKETS[19]);
  });

  it('go by one bucket, by seven, to the ends and never beyond', () => {
    expect(press('Home', 'ArrowRight', 'ArrowRight').bucket).toBe(BUCKETS[2]);
    expect(press('Home', 'PageDown').bucket).toBe(BUCKETS[0]);
    expect(press('End', 'PageDown').bucket).toBe(BUCKETS[12]);
    expect(press('End', 'PageDown', 'PageUp', 'PageUp').bucket).toBe(BUCKETS[19]);
    expect(press('Home', 'ArrowLeft').bucket).toBe(BUCKETS[0]);
  });

  it('go down from the total through the stack and up again, keeping the bucket', () => {
    expect(press('Home', 'ArrowDown')).toEqual({ bucket: BUCKETS[0], series: 'top' });
    expect(press('Home', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown')).toEqual({
      bucket: BUCKETS[0],
      series: 'bottom',
    });
    expect(press('Home', 'ArrowDown', 'ArrowUp', 'ArrowUp')).toEqual({ bucket: BUCKETS[0], series: null });
    expect(press('ArrowDown')).toEqual({ bucket: BUCKETS[19], series: 'top' });
    expect(press('Home', 'ArrowDown', 'ArrowRight')).toEqual({ bucket: BUCKETS[1], series: 'top' });
  });

  it('forget with Escape and leave every other key to the page', () => {
    expect(press('Home', 'Escape')).toEqual(NOTHING_READ);
    expect(afterKey(NOTHING_READ, 'a', BUCKETS, SERIES)).toBeNull();
    expect(afterKey(NOTHING_READ, 'ArrowLeft', [], SERIES)).toBeNull();
  });
});

describe('what is read while figures come in', () => {
  it('stays at its bucket when the window moves on', () => {
    expect(indexOf({ bucket: '2026-11-05', series: null }, BUCKETS.slice(2))).toBe(2);
  });

  it('goes to the nearer end when its bucket has left the window', () => {
    expect(indexOf({ bucket: '2026-11-01', series: null }, BUCKETS.slice(2))).toBe(0);
    expect(indexOf({ bucket: '2026-12-01', series: null }, BUCKETS)).toBe(19);
    expect(indexOf(NOTHING_READ, BUCKETS)).toBeNull();
  });
});
