import { bucketLabel } from '@/format';
import { totalAt } from './readout';
import { amountAt, type ChartUnit, read, sum, type TimeSeries } from './series';

interface SeriesTableProps {
  label: string;
  buckets: readonly string[];
  interval: 'hour' | 'day';
  series: readonly TimeSeries[];
  unit: ChartUnit;
  height: number;
}

const cell = 'figures border-b border-line px-3 py-1 text-right whitespace-nowrap first:pl-0 first:text-left last:pr-0';

/** The chart's figures as a table, newest bucket first. */
export function SeriesTable({ label, buckets, interval, series, unit, height }: SeriesTableProps) {
  const newestFirst = buckets.map((_, index) => buckets.length - 1 - index);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section aria-label={`${label}, table`} tabIndex={0} className="overflow-auto" style={{ maxHeight: height }}>
      <table className="min-w-full border-separate border-spacing-0 text-table">
        <thead>
          <tr className="text-caption text-ink-3">
            <th scope="col" className={`${cell} sticky top-0 bg-canvas font-medium`}>
              Time
            </th>
            {series.map((one) => (
              <th key={one.key} scope="col" className={`${cell} sticky top-0 bg-canvas font-medium`}>
                {one.label}
              </th>
            ))}
            <th scope="col" className={`${cell} sticky top-0 bg-canvas font-medium`}>
              Total
            </th>
          </tr>
        </thead>
        <tbody>
          {newestFirst.map((index) => (
            <tr key={buckets[index]}>
              <th scope="row" className={`${cell} font-normal`}>
                {bucketLabel(buckets[index] as string, interval)}
              </th>
              {series.map((one) => (
                <td key={one.key} className={cell}>
                  {read(unit, amountAt(one, index))}
                </td>
              ))}
              <td className={`${cell} font-medium`}>{read(unit, totalAt(series, index))}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" className={`${cell} font-medium`}>
              Total
            </th>
            {series.map((one) => (
              <td key={one.key} className={`${cell} font-medium`}>
                {read(unit, sum(one.values))}
              </td>
            ))}
            <td className={`${cell} font-medium`}>{read(unit, sum(series.map((one) => sum(one.values))))}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
