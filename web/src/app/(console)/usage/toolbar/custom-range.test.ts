import { describe, expect, it } from 'vitest';
import { customProblem, fromInput, toInput } from './custom-range';

describe('dates of a custom range', () => {
  it('are those of the time zone, both ways', () => {
    const date = new Date('2026-11-21T05:47:00Z');
    for (const zone of ['UTC', 'Europe/Berlin', 'Asia/Kolkata']) {
      expect(fromInput(toInput(date, zone), zone)).toEqual(date);
    }
    expect(toInput(date, 'Asia/Kolkata')).toBe('2026-11-21T11:17');
    expect(fromInput('2026-11-21', 'UTC')).toBeNull();
    expect(fromInput('2026-13-41T99:99', 'UTC')).toBeNull();
  });

  it.each([
    ['', '2026-11-02T00:00', /both dates/],
    ['2026-11-02T00:00', '2026-11-02T00:00', /after the start/],
    ['2026-11-03T00:00', '2026-11-02T00:00', /after the start/],
    ['2024-11-03T00:00', '2026-11-02T00:00', /at most 399 days/],
  ])('%j to %j is refused with the reason', (from, to, reason) => {
    expect(customProblem(from, to, 'Europe/Berlin')).toMatch(reason);
  });

  it('that make sense are taken', () => {
    expect(customProblem('2026-11-01T00:00', '2026-11-02T00:00', 'UTC')).toBeNull();
  });
});
