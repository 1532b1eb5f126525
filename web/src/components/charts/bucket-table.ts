import { type BucketInterval, labelOf } from './bucket';
import type { ChartTableProps } from './chart-table';
import { type Amount, amountAt, type ChartUnit, sum, type TimeSeries } from './series';

/** No name of a series can be this one. */
const TOTAL_KEY = ' total';
const HEADINGS: Record<BucketInterval, string> = { hour: 'Hour', day: 'Day', month: 'Month' };

interface Tabled {
  readonly label: string;
  readonly buckets: readonly string[];
  readonly interval: BucketInterval;
  readonly timeZone: string;
  readonly series: readonly TimeSeries[];
  readonly unit: ChartUnit;
  /** Whether the series add up; else `whole` says each one's figure over the whole range. */
  readonly whole: ((series: TimeSeries) => Amount) | null;
  /** Null as a bucket asks for all of them, as a series for all of them. */
  readonly onOpen?: ((index: number | null, seriesKey: string | null) => void) | undefined;
}

/** The figures of a chart over time as rows of buckets, the newest first. */
export function bucketTable(tabled: Tabled): Omit<ChartTableProps, 'height'> {
  const { label, buckets, interval, timeZone, series, unit, whole, onOpen } = tabled;
  const adds = whole === null && series.length > 1;
  const columns = series.map((one) => ({ key: one.key, label: one.label, unit: one.unit ?? unit, note: one.note }));
  const totals = series.map(whole ?? (({ values }) => sum(values)));
  return {
    label,
    rowHeading: HEADINGS[interval],
    columns: adds ? [...columns, { key: TOTAL_KEY, label: 'Total', unit }] : columns,
    rows: buckets.map((start, index) => {
      const amounts = series.map((one) => amountAt(one, index));
      return {
        key: start,
        label: labelOf(start, interval, timeZone),
        sortBy: start,
        values: adds ? [...amounts, sum(amounts)] : amounts,
      };
    }),
    totals: adds ? [...totals, sum(totals)] : totals,
    totalsLabel: whole ? 'Whole range' : 'Total',
    initialSort: { column: null, descending: true },
    onOpen:
      onOpen &&
      (({ rowKey, columnKey }) =>
        onOpen(rowKey === null ? null : buckets.indexOf(rowKey), columnKey === TOTAL_KEY ? null : columnKey)),
  };
}
