import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, planOf } from './plan.js';
import { bucketStarts } from './time/buckets.js';

const FROM = Date.UTC(2026, 6, 1);
const LATER = FROM + 1_000 * DAY_MS;
const projectId = '01990000-0000-7000-8000-000000000001';

/** Whole days of a zone, as a chart by day asks for them. */
function daysOf(timeZone: string, days: number) {
  const first = bucketStarts({ from: FROM, to: FROM + 1 }, 'day', timeZone)[0] as number;
  const scope = { projectId, from: first, to: first + days * DAY_MS };
  return planOf(scope, bucketStarts(scope, 'day', timeZone), LATER);
}

test.each([
  ['Europe/Berlin', 2],
  ['America/New_York', 4],
  ['Asia/Tokyo', 9],
  ['Pacific/Fiji', 12],
])('days of %s are read as days of UTC, and %i hours of each once more', (zone, hoursOfDay) => {
  const plan = daysOf(zone, 90);
  expect(plan.rows).toBeNull();
  expect(plan.days?.except).toHaveLength(2);
  expect(plan.days?.moved?.cutHours).toEqual([]);
  expect(plan.days?.moved?.hours).toHaveLength(89 * hoursOfDay);
});

test('a day stands for the bucket that most of it is in, so that few hours are moved', () => {
  const [late, early] = [daysOf('Europe/Berlin', 10), daysOf('America/New_York', 10)];
  expect(late.days?.moved?.anchorMs).toBe(0);
  expect(late.days?.moved?.hours.every((hour) => hour % DAY_MS >= 22 * HOUR_MS)).toBe(true);
  expect(early.days?.moved?.anchorMs).toBe(DAY_MS - 1_000);
  expect(early.days?.moved?.hours.every((hour) => hour % DAY_MS < 4 * HOUR_MS)).toBe(true);
});

test('where a bucket cuts an hour, that hour is moved row by row', () => {
  const { moved } = daysOf('Asia/Kolkata', 30).days ?? {};
  expect(moved?.hours).toHaveLength(29 * 5);
  expect(moved?.cutHours).toHaveLength(29);
  expect(moved?.cutHours.every((hour) => hour % DAY_MS === 18 * HOUR_MS)).toBe(true);
});

test('days of UTC, and days with many buckets, have nothing to move', () => {
  expect(daysOf('UTC', 30).days?.moved).toBeNull();
  const week = { projectId, from: FROM, to: FROM + 7 * DAY_MS };
  const hourly = planOf(week, bucketStarts(week, 'hour', 'Asia/Kolkata'), LATER);
  expect([hourly.days, hourly.hours, hourly.rows?.inHours]).toEqual([null, null, null]);
});

test('days that the range cuts, and days with hours that sums will not do for, are read from what is inside them', () => {
  const scope = { projectId, from: FROM + HOUR_MS, to: FROM + 5 * DAY_MS - HOUR_MS };
  const late = FROM + 2 * DAY_MS + 7 * HOUR_MS;
  const plan = planOf(scope, bucketStarts(scope, 'day', 'Europe/Berlin'), LATER, 'day', [late]);
  const days = [0, 4, 2].map((day) => FROM + day * DAY_MS);
  expect([...(plan.days?.except ?? [])].sort()).toEqual(days.toSorted());
  expect(plan.days?.moved?.hours).toEqual(
    [1, 3].flatMap((day) => [22, 23].map((hour) => FROM + day * DAY_MS + hour * HOUR_MS)),
  );
  expect(plan.rows?.inHours).toEqual([late]);
});
