import type { Appearance } from './appearance';
import { Swatch } from './hatch';
import { amountAt, type ChartUnit, read, sum, type TimeSeries } from './series';

interface ReadoutProps {
  id: string;
  title: string;
  series: readonly TimeSeries[];
  looks: ReadonlyMap<string, Appearance>;
  unit: ChartUnit;
  index: number;
}

/** Every series of one bucket, exactly, in the order of the stack. */
export function Readout({ id, title, series, looks, unit, index }: ReadoutProps) {
  return (
    <div className="min-w-44 rounded-lg border border-line bg-raised p-2.5 text-caption shadow-float">
      <div className="mb-1.5 font-medium">{title}</div>
      <table className="w-full border-separate border-spacing-y-0.5">
        <tbody>
          {series.map((one, position) => {
            const look = looks.get(one.key);
            return (
              <tr key={one.key}>
                <td className="w-4 pr-1.5">{look && <Swatch id={`${id}-readout-${position}`} appearance={look} />}</td>
                <td className="max-w-36 truncate pr-4 text-ink-2">{one.label}</td>
                <td className="figures text-right">{read(unit, amountAt(one, index))}</td>
              </tr>
            );
          })}
        </tbody>
        {series.length > 1 && (
          <tfoot>
            <tr>
              <td />
              <td className="pt-1 pr-4 text-ink-2">Total</td>
              <td className="figures pt-1 text-right font-medium">{read(unit, totalAt(series, index))}</td>
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

export function totalAt(series: readonly TimeSeries[], index: number) {
  return sum(series.map((one) => amountAt(one, index)));
}

/** The same in words, for screen readers. */
export function readoutText(title: string, series: readonly TimeSeries[], unit: ChartUnit, index: number): string {
  const parts = series.map((one) => `${one.label} ${read(unit, amountAt(one, index))}`);
  return `${title}: total ${read(unit, totalAt(series, index))}. ${parts.join(', ')}`;
}
