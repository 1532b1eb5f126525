import Link from 'next/link';
import type { ReactNode } from 'react';
import { Usd } from '@/components/ui/figure';
import { Skeleton } from '@/components/ui/skeleton';
import { count } from '@/format';
import type { ResultOf } from '@/graphql/graphql';
import { FigureButton } from '../receipts/figure-button';
import { estimateOf } from '../usage/estimate';
import { unpricedHref } from '../usage/unpriced/href';
import type { SUMS } from './queries';

type SumsData = ResultOf<typeof SUMS>;

interface SumsProps {
  data: SumsData | undefined;
  /** Opens the receipt of a sum of money. */
  onReceipt: (sum: 'today' | 'month') => void;
}

/** Money and volume of today and of the month; both in UTC. */
export function Sums({ data, onReceipt }: SumsProps) {
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-4 md:grid-cols-[repeat(4,minmax(0,208px))]">
      <Sum
        label="Spend today"
        value={
          data && (
            <FigureButton label="Spend today" onOpen={() => onReceipt('today')}>
              <Usd amount={data.today.spend} estimatedBecause={estimateOf(data.today)} />
            </FigureButton>
          )
        }
        note={data && unpriced(data.today, '24h')}
      />
      <Sum
        label="Spend this month"
        value={
          data && (
            <FigureButton label="Spend this month" onOpen={() => onReceipt('month')}>
              <Usd amount={data.month.spend} estimatedBecause={estimateOf(data.month)} />
            </FigureButton>
          )
        }
        note={data && unpriced(data.month, 'mtd')}
      />
      <Sum label="Requests today" value={data && count(data.today.calls)} note={data && requestsNote(data)} />
      <Sum label="Tokens today" value={data && count(data.today.totalTokens)} note={data && 'input and output'} />
    </dl>
  );
}

function unpriced({ calls, unpricedCalls }: { calls: number; unpricedCalls: number }, range: string): ReactNode {
  if (calls === 0) return 'no call yet';
  if (unpricedCalls === 0) return 'every call priced';
  return (
    <Link href={unpricedHref({ range })} className="inline-flex h-6 items-center rounded-sm text-amber hover:underline">
      {count(unpricedCalls)} unpriced, not in the sum
    </Link>
  );
}

function requestsNote({ today, month }: SumsData): string {
  const attempts = today.attempts === today.calls ? '' : `${count(today.attempts)} attempts, `;
  return `${attempts}${count(month.calls)} this month`;
}

function Sum({ label, value, note }: { label: string; value: ReactNode; note: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-table text-ink-3">{label}</dt>
      <dd className="mt-1">
        <span className="figures flex h-7 items-center text-title font-semibold tracking-[-0.01em]">
          {value ?? <Skeleton className="h-5 w-24" />}
        </span>
        <span className="figures flex min-h-6 items-center text-caption text-ink-3">{note}</span>
      </dd>
    </div>
  );
}
