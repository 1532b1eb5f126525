import type { TimeSeries } from '../../../components/charts/series';
import { amountAt } from '../../../components/charts/series';
import { toCsv } from '../../../csv';

interface Shown {
  readonly buckets: readonly string[];
  readonly spend: readonly TimeSeries[];
  /** null = not split by this grouping. */
  readonly requests: readonly TimeSeries[] | null;
  readonly tokens: readonly TimeSeries[];
  /** Heading of the group column: `provider`. */
  readonly groupBy: string;
  readonly interval: 'hour' | 'day';
}

/** What the three charts show, one line for each bucket and group. Money keeps every digit; unknown says so. */
export function usageCsv({ buckets, spend, requests, tokens, groupBy, interval }: Shown): string {
  const header = [
    `${interval}_start_utc`,
    groupBy,
    `${groupBy}_label`,
    'spend_usd',
    ...(requests ? ['requests'] : []),
    'tokens',
  ];
  const rows = buckets.flatMap((bucket, index) =>
    spend.map((series, position) => [
      bucket,
      series.other ? '' : series.key,
      series.label,
      textOf(series, index, 'unpriced'),
      ...(requests ? [textOf(requests[position], index, '')] : []),
      textOf(tokens[position], index, ''),
    ]),
  );
  return toCsv([header, ...rows]);
}

function textOf(series: TimeSeries | undefined, index: number, unknown: string): string {
  const amount = series ? amountAt(series, index) : null;
  return amount === null ? unknown : String(amount);
}

/** Hands a text to the person as a file. */
export function download(fileName: string, text: string): void {
  // The mark makes spreadsheets read the file as UTF-8.
  const url = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
