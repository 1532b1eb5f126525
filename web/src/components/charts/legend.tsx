'use client';
import { Crosshair, FolderOpen } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import type { Appearances } from './appearance';
import { Swatch } from './hatch';
import { type Amount, type ChartUnit, read, readExact, type TimeSeries } from './series';

export interface LegendProps {
  /** Prefix of pattern ids, unique on the page. */
  id: string;
  series: readonly TimeSeries[];
  looks: Appearances;
  unit: ChartUnit;
  hidden: ReadonlySet<string>;
  onHiddenChange: (hidden: string[]) => void;
  /** The figure beside a name: its sum, or what it is over the whole range. */
  wholeOf: (series: TimeSeries) => Amount;
  onPoint: (key: string | null) => void;
  /** Leads to what the rest is made of. */
  onOpenOther?: (() => void) | undefined;
}

/** Names, totals and the filter in one: a click takes a series out, with Shift (or the second button) all others. */
export function Legend(props: LegendProps) {
  const { id, series, looks, unit, hidden, onHiddenChange, wholeOf, onPoint, onOpenOther } = props;
  const toggle = (key: string) =>
    onHiddenChange(hidden.has(key) ? [...hidden].filter((other) => other !== key) : [...hidden, key]);
  const only = (key: string) => {
    const others = series.map((one) => one.key).filter((other) => other !== key);
    const isOnly = !hidden.has(key) && others.every((other) => hidden.has(other));
    onHiddenChange(isOnly ? [] : others);
  };
  return (
    <ul
      aria-label="Series"
      // Five rows and their gaps: none is cut, and it scrolls row by row.
      className="-ml-1.5 flex max-h-[152px] min-w-0 flex-1 snap-y snap-mandatory scroll-py-0.5 @max-[620px]:w-full @max-[620px]:flex-none flex-wrap gap-y-0.5 overflow-y-auto p-0.5"
    >
      {series.map((one, index) => {
        const look = looks.get(one.key);
        const off = hidden.has(one.key);
        const whole = wholeOf(one);
        return (
          <li
            key={one.key}
            className="group flex min-w-0 snap-start items-center"
            onPointerEnter={() => onPoint(off ? null : one.key)}
            onPointerLeave={() => onPoint(null)}
          >
            <button
              type="button"
              aria-pressed={!off}
              title={`${one.label}: ${readExact(unit, whole)}`}
              onClick={(event) => (event.shiftKey ? only(one.key) : toggle(one.key))}
              onFocus={() => onPoint(off ? null : one.key)}
              onBlur={() => onPoint(null)}
              className={cn(
                'focus-inside flex h-7 max-w-72 min-w-0 items-center gap-1.5 rounded-md px-1.5 text-table hover:bg-hover',
                off && 'text-ink-3 line-through decoration-ink-3',
              )}
            >
              <span className={cn('flex', off && 'opacity-35')}>
                {look && <Swatch id={`${id}-legend-${index}`} appearance={look} />}
              </span>
              <span className="truncate">{one.label}</span>
              <span className="figures text-ink-3">{read(unit, whole)}</span>
              {one.note && <span className="figures shrink-0 text-caption text-amber">{one.note}</span>}
            </button>
            {one.other && onOpenOther && (
              <Beside label={`Show what ${one.label} is made of`} onClick={onOpenOther} isVisible>
                <FolderOpen aria-hidden />
              </Beside>
            )}
            {series.length > 1 && (
              <Beside label={`Only ${one.label}`} onClick={() => only(one.key)}>
                <Crosshair aria-hidden />
              </Beside>
            )}
          </li>
        );
      })}
      {hidden.size > 0 && series.some(({ key }) => hidden.has(key)) && (
        <li>
          <button
            type="button"
            onClick={() => onHiddenChange([])}
            className="focus-inside h-7 rounded-md px-1.5 text-table text-accent hover:bg-hover"
          >
            Show all
          </button>
        </li>
      )}
    </ul>
  );
}

interface BesideProps {
  label: string;
  onClick: () => void;
  isVisible?: boolean;
  children: React.ReactNode;
}

/** Seen when its series is pointed at; there for the keyboard and for fingers always. */
function Beside({ label, onClick, isVisible = false, children }: BesideProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className={cn(
        'focus-inside flex size-6 shrink-0 items-center justify-center rounded-md text-ink-3 hover:bg-hover hover:text-ink [&_svg]:size-3.5',
        !isVisible && 'opacity-0 group-hover:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100',
      )}
    >
      {children}
    </button>
  );
}
