import { type BucketInterval, endOf, stampOf } from '../bucket';
import type { Previous } from '../comparison';
import type { ForecastAmounts } from '../readout-model';
import { type Amount, amountAt, type ChartUnit, type TimeSeries } from '../series';

interface Charted {
  readonly buckets: readonly string[];
  readonly interval: BucketInterval;
  readonly timeZone: string;
  readonly unit: ChartUnit;
  readonly series: readonly TimeSeries[];
  readonly previous?: Previous | null | undefined;
  readonly forecast?: readonly ({ readonly bucket: string } & ForecastAmounts)[] | null | undefined;
}

const VALUE_NAMES: Record<ChartUnit, string> = {
  usd: 'spend_usd',
  tokens: 'tokens',
  requests: 'requests',
  share: 'share',
  ms: 'milliseconds',
};

/** One line for each bucket and series, exact. What is unknown is empty, or `unpriced` where it is money. */
export function linesOf({ buckets, interval, timeZone, unit, series, previous, forecast }: Charted): string[][] {
  const amountText = (amount: Amount) => (amount === null ? (unit === 'usd' ? 'unpriced' : '') : String(amount));
  const line = (kind: string, start: string, key: string, label: string, amount: Amount) => [
    kind,
    start,
    endOf(start, interval, timeZone),
    stampOf(start, timeZone),
    key,
    label,
    amountText(amount),
  ];
  const figures = (kind: string, starts: readonly string[], all: readonly TimeSeries[]) =>
    starts.flatMap((start, index) =>
      all.map((one) => line(kind, start, one.other ? '' : one.key, one.label, amountAt(one, index))),
    );
  return [
    [
      'kind',
      `${interval}_start_utc`,
      `${interval}_end_utc`,
      `${interval}_start_local`,
      'key',
      'label',
      VALUE_NAMES[unit],
    ],
    ...figures('actual', buckets, series),
    ...(previous ? figures('previous', previous.buckets, previous.series) : []),
    ...(forecast ?? []).flatMap(({ bucket, low, expected, high }) => [
      line('forecast', bucket, '', 'Low', low),
      line('forecast', bucket, '', 'Expected', expected),
      line('forecast', bucket, '', 'High', high),
    ]),
  ];
}
