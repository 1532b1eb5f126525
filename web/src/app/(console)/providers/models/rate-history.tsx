import { RelativeTime } from '@/components/ui/relative-time';
import { minuteTime, usdExact } from '@/format';
import type { ResultOf } from '@/graphql/graphql';
import { ALL_BUCKETS, bucketLabel, isByPiece } from './buckets';
import { fieldRate } from './override-draft';
import { standingOf } from './override-in-force';
import type { RATE_CARD } from './queries';
import { tierLabel } from './service-tiers';

type Change = ResultOf<typeof RATE_CARD>['rateCard']['history'][number];

/** Who changed what, the last change first: from when on it counts, and when it was entered, which may be later. */
export function RateHistory({ history }: { history: readonly Change[] }) {
  return (
    <ol className="flex flex-col divide-y divide-line border-y border-line text-table">
      {history.map((change) => (
        <li key={`${change.at} ${change.serviceTier}`} className="flex flex-col gap-0.5 py-2">
          <span className="figures flex flex-wrap items-baseline gap-x-3">
            Valid from {minuteTime(change.from)}
            <Standing of={change} />
          </span>
          <span className="figures text-ink-2">{summaryOf(change)}</span>
          <span className="text-ink-3">
            Entered <RelativeTime at={change.at} /> by {change.by}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Standing({ of: change }: { of: Change }) {
  const standing = standingOf(change);
  if (standing === 'in_force') return <span className="text-accent">in force</span>;
  if (standing === 'replaced') return <span className="text-ink-3">replaced by a later change</span>;
  if (change.until) return <span className="text-ink-3">until {minuteTime(change.until)}</span>;
  return null;
}

function summaryOf({ rates, currency, serviceTier }: Change): string {
  const tier = serviceTier === null ? '' : `${tierLabel(serviceTier)}: `;
  if (rates.length === 0) return `${tier}Cleared: every rate is the catalog’s`;
  const place = (bucket: string) => (ALL_BUCKETS as readonly string[]).indexOf(bucket);
  const lines = rates
    .toSorted((a, b) => place(a.bucket) - place(b.bucket))
    .map(({ bucket, perMillion }) => `${bucketLabel(bucket)} ${rateText(bucket, perMillion, currency)}`);
  return tier + lines.join(', ');
}

function rateText(bucket: string, perMillion: string, currency: string): string {
  if (/^0(\.0*)?$/.test(perMillion)) return 'free';
  const rate = usdExact(fieldRate(bucket, perMillion));
  const money = currency === 'USD' ? rate : `${currency} ${rate.slice(1)}`;
  return isByPiece(bucket) ? `${money} per 1,000` : money;
}
