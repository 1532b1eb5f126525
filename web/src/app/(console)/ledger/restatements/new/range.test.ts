import { expect, it } from 'vitest';
import { presetRange, rangeProblem } from './range';

const NOW = new Date('2027-01-15T12:34:56.789Z');

it('presets are UTC months, the running one up to now', () => {
  expect(presetRange('this_month', NOW)).toEqual({
    from: new Date('2027-01-01T00:00:00Z'),
    to: new Date('2027-01-15T12:34:56Z'),
  });
  expect(presetRange('last_month', NOW)).toEqual({
    from: new Date('2026-12-01T00:00:00Z'),
    to: new Date('2027-01-01T00:00:00Z'),
  });
});

it('says what is wrong with a range', () => {
  expect(rangeProblem('2027-01-01T00:00', '2027-01-02T00:00', NOW)).toBeNull();
  expect(rangeProblem('', '2027-01-02T00:00', NOW)).toMatch(/both dates/);
  expect(rangeProblem('2027-01-02T00:00', '2027-01-02T00:00', NOW)).toMatch(/after the start/);
  expect(rangeProblem('2027-02-01T00:00', '2027-02-02T00:00', NOW)).toMatch(/no calls to restate/);
});
