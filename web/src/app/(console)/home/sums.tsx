import Link from 'next/link';
import type { ReactNode } from 'react';
import { Usd } from '@/components/ui/figure';
import { Skeleton } from '@/components/ui/skeleton';
import { count, plural } from '@/format';
import type { ResultOf } from '@/graphql/graphql';
import type { SUMS } from './queries';

type SumsData = ResultOf<typeof SUMS>;

const estimateOf = (totals: { estimatedCalls: number }) =>
  totals.estimatedCalls > 0 ? `${plural(totals.estimatedCalls, 'call')} without a usage report of the upstream` : null;

/** Money and volume of today and of the month; both in UTC. */
export function Sums({ data }: { data: SumsData | undefined }) {
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-4 md:grid-cols-[repeat(4,minmax(0,208px))]">
      <Sum
        label="Spend today"
        value={data && <Usd amount={data.today.spend} estimatedBecause={estimateOf(data.today)} />}
        note={data && unpriced(data.today)}
      />
      <Sum
        label="Spend this month"
        value={data && <Usd amount={data.month.spend} estimatedBecause={estimateOf(data.month)} />}
        note={data && unpriced(data.month)}
      />
      <Sum
        label="Requests today"
        value={data && count(data.today.calls)}
        note={data && `${count(data.month.calls)} this month`}
      />
      <Sum label="Tokens today" value={data && count(data.today.totalTokens)} note={data && 'input and output'} />
    </dl>
  );
}

function unpriced({ calls, unpricedCalls }: { calls: number; unpricedCalls: number }): ReactNode {
  if (calls === 0) return 'no call yet';
  if (unpricedCalls === 0) return 'every call priced';
  return (
    <Link href="/usage?groupBy=model&range=mtd" className="text-amber hover:underline">
      {count(unpricedCalls)} unpriced, not in the sum
    </Link>
  );
}

function Sum({ label, value, note }: { label: string; value: ReactNode; note: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-table text-ink-3">{label}</dt>
      <dd className="mt-1">
        <span className="figures flex h-7 items-center text-title font-semibold tracking-[-0.01em]">
          {value ?? <Skeleton className="h-5 w-24" />}
        </span>
        <span className="figures block min-h-4 text-caption text-ink-3">{note}</span>
      </dd>
    </div>
  );
}
