'use client';
import { cn } from '@/components/ui/cn';
import type { Appearance } from './appearance';
import { Swatch } from './hatch';
import { type ChartUnit, read, sum, type TimeSeries } from './series';

interface LegendProps {
  /** Prefix of pattern ids, unique on the page. */
  id: string;
  series: readonly TimeSeries[];
  looks: ReadonlyMap<string, Appearance>;
  unit: ChartUnit;
  hidden: ReadonlySet<string>;
  onToggle: (key: string) => void;
}

/** Names, totals and the filter in one: a click takes a series out of the bars and their axis. */
export function Legend({ id, series, looks, unit, hidden, onToggle }: LegendProps) {
  return (
    <ul aria-label="Series" className="-ml-1.5 flex flex-wrap gap-x-1 gap-y-0.5">
      {series.map((one, index) => {
        const look = looks.get(one.key);
        const off = hidden.has(one.key);
        return (
          <li key={one.key} className="min-w-0">
            <button
              type="button"
              aria-pressed={!off}
              onClick={() => onToggle(one.key)}
              className={cn(
                'flex h-7 max-w-72 items-center gap-1.5 rounded-md px-1.5 text-table hover:bg-hover',
                off && 'text-ink-3 line-through decoration-ink-3',
              )}
            >
              <span className={cn('flex', off && 'opacity-35')}>
                {look && <Swatch id={`${id}-legend-${index}`} appearance={look} />}
              </span>
              <span className="truncate">{one.label}</span>
              <span className="figures text-ink-3">{read(unit, sum(one.values))}</span>
              {one.note && <span className="figures shrink-0 text-caption text-amber">{one.note}</span>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
