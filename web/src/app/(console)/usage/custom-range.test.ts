import { describe, expect, it } from 'vitest';
import { customProblem, fromInput, toInput } from './custom-range';

describe('dates of a custom range', () => {
  it('are UTC both ways', () => {
    const date = new Date('2026-11-21T05:47:00Z');
    expect(fromInput(toInput(date))).toEqual(date);
    expect(fromInput('2026-11-21')).toBeNull();
    expect(fromInput('2026-13-41T99:99')).toBeNull();
  });

  it.each([
    ['', '2026-11-02T00:00', /both dates/],
    ['2026-11-02T00:00', '2026-11-02T00:00', /after the start/],
    ['2026-11-03T00:00', '2026-11-02T00:00', /after the start/],
    ['2024-11-03T00:00', '2026-11-02T00:00', /at most 399 days/],
  ])('%j to %j is refused with the reason', (from, to, reason) => {
    expect(customProblem(from, to)).toMatch(reason);
  });

  it('that make sense are taken', () => {
    expect(customProblem('2026-11-01T00:00', '2026-11-02T00:00')).toBeNull();
  });
});
