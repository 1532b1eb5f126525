import { expect, it } from 'vitest';
import { marksOf } from './marks';

const found = (day: number, excess: string) => ({
  day: new Date(Date.UTC(2026, 9, day)).toISOString(),
  excess,
  cause: 'More calls.',
});
const month = { from: new Date(Date.UTC(2026, 9, 1)), to: new Date(Date.UTC(2026, 9, 31)), interval: 'day' } as const;

it('of days too close to be told apart the biggest stands for all, and says so', () => {
  const marks = marksOf([found(3, '1'), found(4, '-5'), found(5, '2'), found(20, '0.5')], month, () => undefined);
  expect(marks.map(({ bucket }) => bucket.slice(8, 10))).toEqual(['04', '20']);
  expect(marks[0]?.text).toBe('-$5.00 against what was expected. More calls. And 2 others nearby.');
  expect(marks[1]?.text).toBe('+$0.50 against what was expected. More calls.');
});

it('there are none where a day has no bar of its own', () => {
  expect(marksOf([found(3, '1')], { ...month, interval: 'hour' }, () => undefined)).toEqual([]);
  expect(marksOf(undefined, month, () => undefined)).toEqual([]);
});
