import { describe, expect, it } from 'vitest';
import { fitted, LABEL_HEIGHT_PX, spread } from './direct-labels';

const wanted = (y: number, weight = 1) => ({ key: `at ${y}`, label: '', y, weight });

describe('names beside a chart', () => {
  it('stand where they belong as long as there is room', () => {
    expect(spread([wanted(20), wanted(80)], 0, 100, 8).map(({ labelY }) => labelY)).toEqual([20, 80]);
  });

  it('never cover each other and never leave the plot', () => {
    for (const ys of [
      [95, 96, 97, 98],
      [1, 2, 3],
      [50, 50, 50, 50, 50],
      [99, 1, 98, 2],
    ]) {
      const places = spread(
        ys.map((y) => wanted(y)),
        0,
        100,
        8,
      ).map(({ labelY }) => labelY);
      expect(places).toHaveLength(ys.length);
      for (const [index, place] of places.entries()) {
        expect(place).toBeGreaterThanOrEqual(LABEL_HEIGHT_PX / 2);
        expect(place).toBeLessThanOrEqual(100 - LABEL_HEIGHT_PX / 2);
        if (index > 0) expect(place - (places[index - 1] ?? 0)).toBeGreaterThanOrEqual(LABEL_HEIGHT_PX);
      }
    }
  });

  it('are those of the weightiest where there is not room for all', () => {
    const kept = spread([wanted(10, 1), wanted(20, 9), wanted(30, 5)], 0, 2 * LABEL_HEIGHT_PX, 8);
    expect(kept.map(({ key }) => key)).toEqual(['at 20', 'at 30']);
    expect(spread([wanted(10, 1), wanted(20, 9)], 0, 100, 1).map(({ key }) => key)).toEqual(['at 20']);
  });
});

it('a name is cut where it does not fit, and says so', () => {
  expect(fitted('openai-production', 200)).toBe('openai-production');
  expect(fitted('openai-production', 64)).toBe('openai-pr…');
});
