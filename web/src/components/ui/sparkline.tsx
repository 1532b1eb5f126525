import { cn } from './cn';

interface SparklineProps {
  /** null = not known, which is drawn as no height at all. */
  values: readonly (number | null)[];
  /** What it shows and its range, in words: `Spend of the last 7 days`. */
  label: string;
  width?: number;
  height?: number;
  className?: string;
}

/**
 * Bars from zero, one a bucket; a bucket without anything leaves its tick on the base line, one that is not known an open
 * frame.
 */
export function Sparkline({ values, label, width = 64, height = 20, className }: SparklineProps) {
  const highest = Math.max(...values.map((value) => value ?? 0), 0);
  const unknown = values.filter((value) => value === null).length;
  const words = unknown === 0 ? label : `${label}; unpriced on ${unknown} of ${values.length} days`;
  const step = width / Math.max(values.length, 1);
  const path = values
    .map((value, index) => {
      if (value === null) return '';
      const barHeight = highest === 0 ? 0 : (value / highest) * (height - 1);
      const top = height - Math.max(barHeight, 1);
      return `M${(index * step + 0.5).toFixed(1)} ${top.toFixed(1)}h${Math.max(step - 1.5, 1).toFixed(1)}V${height}H${(index * step + 0.5).toFixed(1)}Z`;
    })
    .join('');
  const frames = values
    .map((value, index) => {
      if (value !== null) return '';
      const left = (index * step + 1).toFixed(1);
      return `M${left} ${height}V${(height / 2).toFixed(1)}h${Math.max(step - 2.5, 1).toFixed(1)}V${height}`;
    })
    .join('');
  return (
    // The title is an attribute: as an element it would be text of the cell that this stands in.
    <span role="img" aria-label={words} title={words} className={cn('inline-flex text-ink-3', className)}>
      <svg aria-hidden width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        <path d={path} fill="currentColor" />
        {unknown > 0 && <path d={frames} fill="none" stroke="currentColor" strokeDasharray="1.5 1.5" />}
      </svg>
    </span>
  );
}
