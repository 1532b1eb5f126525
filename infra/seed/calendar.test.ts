import { expect, test } from 'vitest';
import { ERAS, HOUR_MS, hoursOf } from './calendar.js';

const PLAN = { events: 123_457, days: 28, untilMs: Date.UTC(2026, 10, 20, 12, 34), seed: 3 };

test('hours hold just the events asked for, numbered without a gap, and end before the hour under way', () => {
  const hours = hoursOf(PLAN);
  expect(hours).toHaveLength(28 * 24);
  let next = 0;
  for (const { first, events, era } of hours) {
    expect(first).toBe(next);
    expect(era).toBeLessThan(ERAS);
    next += events;
  }
  expect(next).toBe(PLAN.events);
  expect(hours.at(-1)?.startMs).toBe(Date.UTC(2026, 10, 20, 12) - HOUR_MS);
});

test('traffic grows, rests at weekends and at night, and is the same for the same seed', () => {
  const hours = hoursOf(PLAN);
  const eventsWhere = (is: (at: Date) => boolean) =>
    hours.filter(({ startMs }) => is(new Date(startMs))).reduce((sum, { events }) => sum + events, 0);
  const middle = hours[14 * 24]?.startMs as number;
  expect(eventsWhere((at) => at.getTime() >= middle)).toBeGreaterThan(eventsWhere((at) => at.getTime() < middle));
  const onWeekdays = eventsWhere((at) => at.getUTCDay() % 6 !== 0) / 5;
  expect(onWeekdays).toBeGreaterThan(2 * (eventsWhere((at) => at.getUTCDay() % 6 === 0) / 2));
  expect(eventsWhere((at) => at.getUTCHours() === 12)).toBeGreaterThan(
    3 * eventsWhere((at) => at.getUTCHours() === 23),
  );
  expect(hoursOf(PLAN)).toEqual(hours);
  expect(hoursOf({ ...PLAN, seed: 4 })).not.toEqual(hours);
});
