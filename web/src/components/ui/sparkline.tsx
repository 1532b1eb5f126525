import { cn } from './cn';

interface SparklineProps {
  values: readonly number[];
  /** What it shows and its range, in words: `Spend of the last 7 days`. */
  label: string;
  width?: number;
  height?: number;
  className?: string;
}

/** Bars from zero, one a bucket; a bucket without anything leaves its tick on the base line. */
export function Sparkline({ values, label, width = 64, height = 20, className }: SparklineProps) {
  const highest = Math.max(...values, 0);
  const step = width / Math.max(values.length, 1);
  const path = values
    .map((value, index) => {
      const barHeight = highest === 0 ? 0 : (value / highest) * (height - 1);
      const top = height - Math.max(barHeight, 1);
      return `M${(index * step + 0.5).toFixed(1)} ${top.toFixed(1)}h${Math.max(step - 1.5, 1).toFixed(1)}V${height}H${(index * step + 0.5).toFixed(1)}Z`;
    })
    .join('');
  return (
    // The title is an attribute: as an element it would be text of the cell that this stands in.
    <span role="img" aria-label={label} title={label} className={cn('inline-flex text-ink-3', className)}>
      <svg aria-hidden width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        <path d={path} fill="currentColor" />
      </svg>
    </span>
  );
}
