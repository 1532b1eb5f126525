import { sumDecimals } from '../../decimal';
import { compact, count, duration, percent, UNKNOWN, usd, usdCompact, usdExact } from '../../format';

/** `share` is 0 to 1 and reads as percent; `ms` are milliseconds. */
export type ChartUnit = 'usd' | 'tokens' | 'requests' | 'share' | 'ms';

/** One value a bucket, zeros included. Money comes as exact decimals in text and is summed and shown as such. */
export interface TimeSeries {
  readonly key: string;
  readonly label: string;
  readonly values: readonly Amount[];
  /** Series that share it (a provider type) share a hue and are told apart by hatching. */
  readonly group?: string | null;
  /** The rest that the top series leave out. */
  readonly other?: boolean;
  /** Where it is read otherwise than the chart's axis. */
  readonly unit?: ChartUnit;
  /** Said after the total: what the amounts do not contain, for example `3 calls unpriced`. */
  readonly note?: string | undefined;
}

/** null = unknown, which never reads as zero. */
export type Amount = string | number | null;

/** The sum of what is known; unknown when nothing but zero is. */
export function sum(values: readonly Amount[]): Amount {
  const known = values.filter((value) => value !== null);
  const total = known.some((value) => typeof value === 'string')
    ? sumDecimals(known.map(String))
    : known.reduce<number>((subtotal, value) => subtotal + Number(value), 0);
  return known.length < values.length && Number(total) === 0 ? null : total;
}

/** Rounded for reading; every digit is `readExact`'s. */
export function read(unit: ChartUnit, amount: Amount): string {
  if (unit === 'usd') return usd(amount === null ? null : String(amount));
  if (amount === null) return UNKNOWN;
  if (unit === 'share') return percent(Number(amount), 1);
  return unit === 'ms' ? duration(Number(amount)) : count(Number(amount));
}

/** Every digit there is. */
export function readExact(unit: ChartUnit, amount: Amount): string {
  if (unit === 'usd') return usdExact(amount === null ? null : String(amount));
  if (amount === null) return 'unknown';
  if (unit === 'share') return `${Number((Number(amount) * 100).toPrecision(12))} %`;
  return unit === 'ms' ? `${amount} ms` : count(Number(amount));
}

export function amountAt(series: TimeSeries, index: number): Amount {
  const amount = series.values[index];
  return amount === undefined ? 0 : amount;
}

/** @param highest of the axis, whose unit every tick has: `0.5 s` below `2 s` */
export function readTick(unit: ChartUnit, value: number, highest: number): string {
  if (unit === 'usd') return usdCompact(value);
  if (unit === 'share') return `${Number((value * 100).toPrecision(3))} %`;
  if (unit !== 'ms') return compact(value);
  return highest < 1000 ? `${Number(value.toPrecision(3))} ms` : `${Number((value / 1000).toPrecision(3))} s`;
}

/** Steps of 1, 2 or 5 times a power of ten, from zero to just above the highest value. Whole numbers for counts. */
export function ticksFor(highest: number, unit: ChartUnit, wanted = 4): number[] {
  if (highest <= 0) return [0, 1];
  const rough = highest / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? 10 * power;
  const isWhole = unit === 'tokens' || unit === 'requests';
  const size = isWhole ? Math.max(1, Math.round(step)) : step;
  const ticks: number[] = [];
  for (let index = 0; index * size < highest + size * 0.999; index++)
    ticks.push(Number((index * size).toPrecision(12)));
  return ticks;
}
