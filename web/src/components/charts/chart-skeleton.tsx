import { Skeleton } from '@/components/ui/skeleton';

const BARS = [34, 52, 41, 68, 60, 47, 72, 58, 80, 66, 50, 62, 44, 70];

/** Legend, bars and axis where they will be. */
export function ChartSkeleton({ height = 260 }: { height?: number }) {
  return (
    <div aria-busy="true">
      <span className="sr-only">Loading</span>
      <div className="mb-2 flex h-7 items-center gap-4">
        <Skeleton className="w-28" />
        <Skeleton className="w-24" />
        <Skeleton className="w-28" />
      </div>
      <div
        aria-hidden
        className="flex items-end gap-2 border-b border-line-2 pl-16"
        style={{ height: height - 24, marginBottom: 24 }}
      >
        {BARS.map((share, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the bars never move.
          <span key={index} className="skeleton block flex-1 !rounded-none" style={{ height: `${share}%` }} />
        ))}
      </div>
    </div>
  );
}
