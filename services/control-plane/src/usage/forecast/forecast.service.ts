import { Injectable } from '@nestjs/common';
import { type UsageFilter as StoredFilter, type UsageSeries, usageOverTime } from '@weir/clickhouse';
import { formatUsd, parseUsd } from '@weir/contracts';
import type { Viewer } from '../../platform/viewer.js';
import { type Calendar, calendarAt, daysOf, weekdayOf } from '../calendar.js';
import { FilterScope } from '../filter-scope.service.js';
import { UsageReader } from '../reader.service.js';
import { toTimeZone } from '../time-zone.js';
import type { UsageFilter } from '../usage.inputs.js';
import type { UsageForecastType } from './forecast.types.js';
import { type Band, MAX_DAYS, METHOD, project } from './project.js';

const DAY_MS = 86_400_000;
const MAX_GROUPS = 50;
/** A guess is told to the millionth of a dollar. */
const MICRO = 1_000_000n;

@Injectable()
export class ForecastService {
  constructor(
    private readonly reader: UsageReader,
    private readonly filters: FilterScope,
  ) {}

  /** Of the month under way; null = fewer than 3 whole days are known, or no call of them has a price. @throws InputError */
  async ofMonth({ projectId }: Viewer, asked: UsageFilter, zone: string): Promise<UsageForecastType | null> {
    const timeZone = toTimeZone(zone);
    const filter = await this.filters.of(projectId, asked);
    const now = Date.now();
    const calendar = calendarAt(now, timeZone);
    const days = await this.spendByDay(projectId, filter, { from: firstDay(calendar), to: now + 1 }, timeZone);
    return forecast(days, calendar, now, timeZone);
  }

  private async spendByDay(
    projectId: string,
    filter: StoredFilter,
    range: { readonly from: number; readonly to: number },
    timeZone: string,
  ): Promise<Day[]> {
    const series = await this.reader.ask((reader) =>
      usageOverTime(
        reader,
        { projectId, ...range },
        { interval: 'day', groupBy: 'environment', timeZone, filter, top: MAX_GROUPS },
      ),
    );
    return daysIn(series);
  }
}

interface Day {
  readonly start: number;
  readonly spend: bigint;
  readonly calls: number;
  readonly unpriced: number;
}

/** Some days before the oldest that is looked at: clocks may have changed since. */
function firstDay({ today, monthStart }: Calendar): number {
  return Math.min(monthStart, today - MAX_DAYS * DAY_MS);
}

function daysIn({ buckets, groups }: Pick<UsageSeries, 'buckets' | 'groups'>): Day[] {
  return buckets.map((start, index) => ({
    start,
    spend: groups.reduce((sum, { spend }) => sum + parseUsd(spend[index] ?? '0'), 0n),
    calls: groups.reduce((sum, { calls }) => sum + (calls[index] ?? 0), 0),
    unpriced: groups.reduce((sum, { unpricedCalls }) => sum + (unpricedCalls[index] ?? 0), 0),
  }));
}

const inUsd = (amount: bigint): number => Number(amount) / 1e12;

function forecast(days: readonly Day[], calendar: Calendar, now: number, timeZone: string): UsageForecastType | null {
  const { today, tomorrow, monthStart, monthEnd } = calendar;
  const began = days.findIndex(({ calls, spend }) => calls > 0 || spend !== 0n);
  const known = began < 0 ? [] : days.slice(began).filter(({ start }) => start < today);
  // Where no call has a price, nothing is known of spend: it is not zero.
  if (!known.some(({ calls, unpriced, spend }) => spend !== 0n || calls > unpriced)) return null;
  const left = daysOf(today, monthEnd, timeZone);
  const projection = project(
    known.map(({ start, spend }) => ({ weekday: weekdayOf(start, timeZone), spend: inUsd(spend) })),
    left.map((start) => ({
      weekday: weekdayOf(start, timeZone),
      share: start === today ? (tomorrow - now) / (tomorrow - today) : 1,
    })),
  );
  if (!projection) return null;
  const spentToday = days.find(({ start }) => start === today)?.spend ?? 0n;
  const soFar = days.filter(({ start }) => start >= monthStart).reduce((sum, { spend }) => sum + spend, 0n);
  const bands = projection.days.map((band, index) => atop(index === 0 ? spentToday : 0n, band));
  const expected = bands.reduce((sum, band) => sum + band.expected, soFar - spentToday);
  const whole = atop(soFar, projection.total);
  return {
    ...{ monthStart: new Date(monthStart), monthEnd: new Date(monthEnd), soFar: formatUsd(soFar), method: METHOD },
    ...{
      expected: formatUsd(expected),
      low: formatUsd(least(whole.low, expected)),
      high: formatUsd(most(whole.high, expected)),
    },
    days: bands.map(({ low, expected: usual, high }, index) => ({
      day: new Date(left[index] ?? today),
      ...{ low: formatUsd(low), expected: formatUsd(usual), high: formatUsd(high) },
    })),
  };
}

const least = (a: bigint, b: bigint) => (a < b ? a : b);
const most = (a: bigint, b: bigint) => (a > b ? a : b);

/** What is yet to be spent, on top of what is. */
function atop(spent: bigint, { low, expected, high }: Band) {
  const pico = (usd: number) => spent + BigInt(Math.round(usd * 1e6)) * MICRO;
  return { low: pico(low), expected: pico(expected), high: pico(high) };
}
