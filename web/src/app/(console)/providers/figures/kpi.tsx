import { ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from '@/components/ui/link';
import { Skeleton } from '@/components/ui/skeleton';
import { Sparkline } from '@/components/ui/sparkline';
import { UnknownFigure } from '../unknown-figure';

interface KpiProps {
  /** `Spend`, `Requests`, `Tokens`. */
  label: string;
  /** By day, null where unpriced; null = the figures could not be had, which is not zero; undefined = not there yet. */
  values: readonly (number | null)[] | null | undefined;
  /** Cost & Usage with the same figure on screen. */
  href: string;
  /** The figure of all seven days. */
  children: ReactNode;
}

/** One figure of the last 7 days: the sum, the days, and the way to what it is made of. */
export function Kpi({ label, values, href, children }: KpiProps) {
  return (
    <div className="flex min-w-0 items-end justify-between gap-4 pt-1 pb-4 max-sm:pt-3 sm:px-5 sm:first:pl-0 sm:last:pr-0">
      <div className="min-w-0">
        <div className="text-table text-ink-3">{label}</div>
        <div className="figures mt-0.5 flex min-h-7 items-center text-title font-semibold tracking-[-0.01em]">
          {children}
        </div>
        <Link
          href={href}
          className="mt-1 inline-flex min-h-6 items-center gap-1 rounded-sm text-table text-accent hover:underline"
        >
          View more
          <span className="sr-only">about {label.toLowerCase()}</span>
          <ArrowRight aria-hidden className="size-3.5" />
        </Link>
      </div>
      {values && (
        <Sparkline
          values={values}
          width={96}
          height={28}
          label={`${label} by day, last 7 days`}
          className="mb-1 shrink-0"
        />
      )}
    </div>
  );
}

/** The figure while it loads, where it is unknown, and where it is known. */
export function KpiFigure({ state, children }: { state: 'loading' | 'unknown' | 'known'; children: ReactNode }) {
  if (state === 'loading') return <Skeleton className="h-5 w-24" />;
  return state === 'unknown' ? <UnknownFigure /> : children;
}

/** Three figures in a row, one under the other on a phone. */
export function KpiRow({ children }: { children: ReactNode }) {
  return (
    <>
      <div className="grid grid-cols-1 divide-line border-b border-line max-sm:divide-y sm:grid-cols-3 sm:divide-x">
        {children}
      </div>
      <p className="mt-2 text-caption text-ink-3">Last 7 days, today included, by day in UTC</p>
    </>
  );
}
