import { EARLIEST_MS, REPORT_DIMENSIONS } from '@weir/clickhouse';
import type { ReportInterval } from '@weir/prisma';
import { InputError } from '../platform/errors.js';
import { toTagKey } from '../usage/filter.js';
import { toTimeZone } from '../usage/time-zone.js';
import { fileNameOf } from './file-name.js';
import type { CreateUsageReportInput } from './reports.inputs.js';
import { slicesOf } from './slices.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MAX_DAYS: Readonly<Record<ReportInterval, number>> = { hour: 800, day: 3_700, month: 3_700, total: 3_700 };
const MAX_TAG_KEYS = 10;

/** What a person ordered, checked, but for the filter. @throws InputError naming the field */
export function parseOrder(input: CreateUsageReportInput, nowMs: number) {
  const timeZone = toTimeZone(input.timeZone ?? 'UTC');
  const from = input.range.from.getTime();
  // As on the page: a range that reaches to now has the hour under way as a whole.
  const asked = input.range.to.getTime();
  const to = asked >= nowMs ? Math.ceil(asked / HOUR_MS) * HOUR_MS : asked;
  if (from >= asked) throw new InputError('RANGE_INVALID', 'The range must begin before it ends.', 'range');
  if (from < EARLIEST_MS) throw new InputError('RANGE_INVALID', 'There are no calls before 2020.', 'range');
  if (from > nowMs) throw new InputError('RANGE_INVALID', 'The range must begin in the past.', 'range');
  const maxDays = MAX_DAYS[input.interval];
  if (asked - from > maxDays * DAY_MS) {
    const remedy = input.interval === 'hour' ? ', or days instead of hours' : '';
    throw new InputError('RANGE_TOO_LONG', `Choose a range of at most ${maxDays} days${remedy}.`, 'range');
  }
  const { interval, format } = input;
  const tagKeys = parseTagKeys(input);
  const order = {
    ...{ format, interval, timeZone, tagKeys, from: new Date(from), to: new Date(to) },
    dimensions: parseDimensions(input),
  };
  return { ...order, fileName: fileNameOf(order), slices: slicesOf({ from, to, interval, timeZone }).length };
}

/** Kinds of token and cost are columns of every report: rows of them would say the same once more. */
const COLUMNS_ALREADY: readonly string[] = ['token_type', 'cost_type'];

function parseDimensions({ dimensions, tagKeys }: CreateUsageReportInput): string[] {
  const wanted = [...new Set<string>(dimensions)];
  const column = wanted.find((dimension) => COLUMNS_ALREADY.includes(dimension));
  if (column !== undefined) {
    const message = `Leave ${column} out: every report has one column for each kind of token and of cost.`;
    throw new InputError('DIMENSION_INVALID', message, 'dimensions');
  }
  if (wanted.includes('tag') && !tagKeys?.length) {
    throw new InputError('TAG_KEY_MISSING', 'Name the keys of the tags to split by.', 'tagKeys');
  }
  const split = wanted.filter((dimension) => dimension !== 'tag');
  const unknown = split.find((dimension) => !(REPORT_DIMENSIONS as readonly string[]).includes(dimension));
  if (unknown === undefined) return split;
  throw new InputError('DIMENSION_INVALID', `Reports cannot be split by ${unknown}.`, 'dimensions');
}

function parseTagKeys({ tagKeys }: CreateUsageReportInput): string[] {
  const keys = [...new Set(tagKeys ?? [])];
  if (keys.length > MAX_TAG_KEYS) {
    throw new InputError('TAG_KEYS_TOO_MANY', `Name at most ${MAX_TAG_KEYS} keys of tags.`, 'tagKeys');
  }
  return keys.map((key) => toTagKey(key, 'tagKeys'));
}
