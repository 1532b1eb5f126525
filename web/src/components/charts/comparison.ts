import { fromScaled, toScaled } from '../../decimal';
import { usdSignedExact } from '../../format';
import { type Amount, amountAt, type ChartUnit, readExact, sum, type TimeSeries } from './series';

/** The period before, bucket by bucket beside the present one. */
export interface Previous {
  /** `1 to 30 Oct 2026`. */
  readonly label: string;
  readonly buckets: readonly string[];
  readonly series: readonly TimeSeries[];
}

/**
 * Its amounts over those series that are on show now, by bucket. With some taken out the two periods compare only where
 * each of the others is known by name in both: what is in one period's rest may be named in the other.
 */
export function previousAmounts(
  previous: Previous,
  series: readonly TimeSeries[],
  hidden: ReadonlySet<string>,
): readonly Amount[] | null {
  const shown = series.filter(({ key }) => !hidden.has(key));
  if (shown.length === series.length) return totals(previous.series, previous.buckets.length);
  if (shown.some(({ other }) => other)) return null;
  const before = new Map(previous.series.map((one) => [one.key, one]));
  const hasRest = previous.series.some(({ other }) => other);
  if (hasRest && shown.some(({ key }) => !before.has(key))) return null;
  return totals(
    shown.flatMap(({ key }) => before.get(key) ?? []),
    previous.buckets.length,
  );
}

function totals(series: readonly TimeSeries[], buckets: number): readonly Amount[] {
  return Array.from({ length: buckets }, (_, index) => sum(series.map((one) => amountAt(one, index))));
}

/** What changed, exact and signed, with its share of what was: `+$1.20 (+12.5 %)`. Null where either is unknown. */
export function differenceText(unit: ChartUnit, now: Amount, before: Amount): string | null {
  if (now === null || before === null) return null;
  const share = Number(before) === 0 ? '' : ` (${signedPercent((Number(now) - Number(before)) / Number(before))})`;
  if (unit === 'usd') {
    return `${usdSignedExact(fromScaled(toScaled(String(now)) - toScaled(String(before))))}${share}`;
  }
  const difference = Number(now) - Number(before);
  return `${difference > 0 ? '+' : difference < 0 ? '-' : ''}${readExact(unit, Math.abs(difference))}${share}`;
}

function signedPercent(share: number): string {
  const rounded = (share * 100).toFixed(1);
  return `${share > 0 ? '+' : ''}${rounded} %`;
}
