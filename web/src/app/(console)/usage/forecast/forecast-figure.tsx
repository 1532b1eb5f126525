'use client';
import { Info } from 'lucide-react';
import { Usd } from '@/components/ui/figure';
import { IconButton } from '@/components/ui/icon-button';
import { Popover } from '@/components/ui/popover';
import { Skeleton } from '@/components/ui/skeleton';
import { usd } from '@/format';
import type { Forecast } from './use-forecast';

/** What the month will end at, how sure that is, and how it was worked out. */
export function ForecastFigure({ forecast: { isWanted, isLoading, forecast, problem } }: { forecast: Forecast }) {
  if (!isWanted || problem) return null;
  return (
    <div className="min-w-0">
      <dt className="flex h-5 items-center gap-1 text-table text-ink-3">
        Forecast of the month
        {forecast && (
          <Popover
            label="How the forecast was computed"
            className="w-[min(360px,calc(100vw-32px))] text-table text-ink-2"
            trigger={<IconButton size="sm" label="How the forecast was computed" icon={<Info aria-hidden />} />}
          >
            {forecast.method}
          </Popover>
        )}
      </dt>
      {isLoading ? (
        <dd className="mt-0.5 h-12.5 pt-1.5">
          <Skeleton className="h-4 w-28" />
          <Skeleton className="mt-3 h-3 w-24" />
        </dd>
      ) : forecast ? (
        <>
          <dd className="mt-0.5 text-title font-semibold tracking-[-0.01em]">
            <Usd amount={forecast.expected} />
          </dd>
          <dd className="figures mt-0.5 h-5 truncate text-table text-ink-3">
            {usd(forecast.low)} to {usd(forecast.high)}, {usd(forecast.soFar)} so far
          </dd>
        </>
      ) : (
        <dd className="mt-0.5 text-table text-ink-3">Needs three whole days of this month.</dd>
      )}
    </div>
  );
}
