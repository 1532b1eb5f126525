import type { ReactNode } from 'react';
import { Count, Usd } from '@/components/ui/figure';
import { Skeleton } from '@/components/ui/skeleton';
import { count, usd } from '@/format';
import { ForecastFigure } from '../forecast/forecast-figure';
import type { Forecast } from '../forecast/use-forecast';
import { knownSpend } from '../known-spend';
import { spanText } from '../range';
import type { UsageState } from '../state/use-usage-state';
import type { Totals, UsageFigures } from '../use-usage';
import { deltaText, moneyDeltaText } from './delta';

interface HeadlineProps {
  usage: UsageFigures;
  state: UsageState;
  forecast: Forecast;
}

/** The sums of everything on the page, and how they moved against the period before. */
export function Headline({ usage: { totals, before }, state, forecast }: HeadlineProps) {
  const previous = spanText(state.previous, state.zone.name);
  return (
    <dl
      aria-label="Headline figures"
      className="mb-6 grid grid-cols-2 gap-x-8 gap-y-4 border-b border-line pb-5 sm:grid-cols-[repeat(auto-fit,minmax(168px,max-content))] sm:gap-x-12"
    >
      <Figure
        label="Spend"
        value={totals && <Usd amount={knownSpend(totals)} />}
        {...(totals && before
          ? { change: moneyDeltaText(knownSpend(totals), knownSpend(before)), was: spendText(before), previous }
          : {})}
      />
      <Figure
        label="Requests"
        value={totals && <Count value={totals.calls} />}
        {...(totals && before
          ? { change: deltaText(totals.calls, before.calls), was: count(before.calls), previous }
          : {})}
      />
      <Figure
        label="Tokens"
        value={totals && <Count value={totals.totalTokens} />}
        {...(totals && before
          ? { change: deltaText(totals.totalTokens, before.totalTokens), was: count(before.totalTokens), previous }
          : {})}
      />
      <ForecastFigure forecast={forecast} />
    </dl>
  );
}

/** What was spent before; without calls nothing, of nothing but calls without a price not known. */
function spendText(totals: Totals): string {
  return totals.calls === 0 ? 'nothing' : usd(knownSpend(totals));
}

interface FigureProps {
  label: string;
  /** undefined = not there yet. */
  value: ReactNode | undefined;
  change?: string;
  was?: string;
  previous?: string;
}

function Figure({ label, value, change, was, previous }: FigureProps) {
  return (
    <div className="min-w-0">
      <dt className="text-table text-ink-3">{label}</dt>
      <dd className="figures mt-0.5 flex h-7 items-center text-title font-semibold tracking-[-0.01em]">
        {value ?? <Skeleton className="h-4 w-28" />}
      </dd>
      <dd className="figures mt-0.5 h-5 truncate text-table text-ink-3" title={previous && `Against ${previous}`}>
        {change === undefined ? (
          <Skeleton className="mt-1 h-3 w-24" />
        ) : (
          <>
            <span className="font-medium text-ink-2">{change}</span> from {was}
            <span className="sr-only">, {previous}</span>
          </>
        )}
      </dd>
    </div>
  );
}
