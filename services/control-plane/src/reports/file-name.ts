import type { ReportFormat, ReportInterval } from '@weir/prisma';
import { wallClockMs } from './zone.js';

interface Named {
  readonly format: ReportFormat;
  readonly interval: ReportInterval;
  readonly timeZone: string;
  readonly from: Date;
  readonly to: Date;
  readonly dimensions: readonly string[];
  readonly tagKeys: readonly string[];
}

const RHYTHM: Readonly<Record<ReportInterval, string>> = {
  hour: 'hourly',
  day: 'daily',
  month: 'monthly',
  total: 'total',
};
const MAX_LENGTH = 120;

/** `weir-usage_2026-10-01_2026-10-31_daily_provider-model.csv`, days by the report's clock; ASCII that any system takes. */
export function fileNameOf({ format, interval, timeZone, from, to, dimensions, tagKeys }: Named): string {
  const dayOf = (instantMs: number) => new Date(wallClockMs(instantMs, timeZone)).toISOString().slice(0, 10);
  const split = [...dimensions, ...tagKeys.map((key) => `tag_${key}`)]
    .map((part) => part.replace(/[^A-Za-z0-9_]+/g, '_'))
    .join('-');
  const parts = ['weir-usage', dayOf(from.getTime()), dayOf(to.getTime() - 1), RHYTHM[interval], split];
  return `${parts.filter(Boolean).join('_').slice(0, MAX_LENGTH)}.${format}`;
}
