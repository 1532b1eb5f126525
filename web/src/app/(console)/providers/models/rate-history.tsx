import { RelativeTime } from '@/components/ui/relative-time';
import { usdExact } from '@/format';
import type { ResultOf } from '@/graphql/graphql';
import { BUCKETS, bucketLabel } from './buckets';
import type { RATE_CARD } from './queries';

type Change = ResultOf<typeof RATE_CARD>['rateCard']['history'][number];

/** Who changed what, newest first. Each change is the whole override from then on. */
export function RateHistory({ history }: { history: readonly Change[] }) {
  return (
    <ol className="flex flex-col divide-y divide-line border-y border-line text-table">
      {history.map((change) => (
        <li key={change.at} className="flex flex-col gap-1 py-2">
          <span className="flex flex-wrap items-baseline gap-x-3 text-ink-3">
            <span className="text-ink">{change.by}</span>
            <RelativeTime at={change.at} />
            {change.from !== change.at && (
              <span>
                for calls from <RelativeTime at={change.from} />
              </span>
            )}
            {change.rates.length > 0 && change.until === null && <span className="text-accent">in force</span>}
          </span>
          <span className="figures text-ink-2">{summaryOf(change)}</span>
        </li>
      ))}
    </ol>
  );
}

function summaryOf({ rates, currency, serviceTier }: Change): string {
  const tier = serviceTier === null ? '' : ` (${serviceTier} tier)`;
  if (rates.length === 0) return `Cleared${tier}: every rate is the catalog’s`;
  const place = (bucket: string) => (BUCKETS as readonly string[]).indexOf(bucket);
  return rates
    .toSorted((a, b) => place(a.bucket) - place(b.bucket))
    .map(
      ({ bucket, perMillion }) =>
        `${bucketLabel(bucket)} ${/^0(\.0*)?$/.test(perMillion) ? 'free' : amountIn(currency, perMillion)}`,
    )
    .join(', ')
    .concat(tier);
}

function amountIn(currency: string, perMillion: string): string {
  return currency === 'USD' ? usdExact(perMillion) : `${perMillion} ${currency}`;
}
