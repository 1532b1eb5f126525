import type { ReportInput } from './queries';

export type ReportInterval = ReportInput['interval'];
export type ReportFormat = ReportInput['format'];
export type ReportDimension = ReportInput['dimensions'][number];

export const INTERVALS: readonly { readonly value: ReportInterval; readonly label: string }[] = [
  { value: 'hour', label: 'Hourly' },
  { value: 'day', label: 'Daily' },
  { value: 'month', label: 'Monthly' },
  { value: 'total', label: 'Total' },
];

export const FORMATS: readonly { readonly value: ReportFormat; readonly label: string }[] = [
  { value: 'csv', label: 'CSV' },
  { value: 'parquet', label: 'Parquet' },
];

/** Kinds of tokens and of cost are columns of every row, so a report is not split by them. */
export const DIMENSIONS: readonly { readonly value: ReportDimension; readonly label: string }[] = [
  { value: 'provider', label: 'Provider' },
  { value: 'provider_type', label: 'Provider type' },
  { value: 'model', label: 'Model' },
  { value: 'app', label: 'App' },
  { value: 'user', label: 'User' },
  { value: 'agent', label: 'Agent' },
  { value: 'environment', label: 'Environment' },
];

/** What the person looks at, which is split by one thing, as a report begins with it. */
export function startingDimensions(groupBy: string): readonly ReportDimension[] {
  const same = DIMENSIONS.find(({ value }) => value === groupBy);
  if (same) return [same.value];
  return groupBy === 'tag' ? [] : ['provider', 'model'];
}

const BUCKET_TEXT: Readonly<Record<ReportInterval, string>> = {
  hour: 'hour',
  day: 'day',
  month: 'month',
  total: '',
};

/** `One row for each day, provider and tag “team”.` */
export function rowText(
  interval: ReportInterval,
  dimensions: readonly ReportDimension[],
  tagKeys: readonly string[],
): string {
  const parts = [
    ...(interval === 'total' ? [] : [BUCKET_TEXT[interval]]),
    ...DIMENSIONS.filter(({ value }) => dimensions.includes(value)).map(({ label }) => label.toLowerCase()),
    ...tagKeys.map((key) => `tag “${key}”`),
  ];
  const last = parts.at(-1);
  if (last === undefined) return 'One row: everything in the range.';
  const first = parts.slice(0, -1).join(', ');
  return `One row for each ${first === '' ? last : `${first} and ${last}`}.`;
}
