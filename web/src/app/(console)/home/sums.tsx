import type { ReactNode } from 'react';
import { Usd } from '@/components/ui/figure';
import { Link } from '@/components/ui/link';
import { count, percent, plural, UNKNOWN } from '@/format';
import type { ResultOf } from '@/graphql/graphql';
import { FigureButton } from '../receipts/figure-button';
import { estimateOf } from '../usage/estimate';
import { knownSpend } from '../usage/known-spend';
import { unpricedHref } from '../usage/unpriced/href';
import { ForecastSum } from './forecast-sum';
import type { SUMS } from './queries';
import { Sum } from './sum';

type SumsData = ResultOf<typeof SUMS>;

interface SumsProps {
  data: SumsData | undefined;
  /** Opens the receipt of a sum of money. */
  onReceipt: (sum: 'today' | 'month') => void;
}

/** Money and volume of today and of the month; both in UTC. */
export function Sums({ data, onReceipt }: SumsProps) {
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-4 md:grid-cols-3 xl:grid-cols-[repeat(6,minmax(0,208px))]">
      <Sum
        label="Spend today"
        value={
          data && (
            <FigureButton label="Spend today" onOpen={() => onReceipt('today')}>
              <Usd amount={knownSpend(data.today)} estimatedBecause={estimateOf(data.today)} />
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
              <Usd amount={knownSpend(data.month)} estimatedBecause={estimateOf(data.month)} />
            </FigureButton>
          )
        }
        note={data && unpriced(data.month, 'mtd')}
      />
      <ForecastSum />
      <Sum label="Requests today" value={data && count(data.today.calls)} note={data && requestsNote(data)} />
      <Sum label="Tokens today" value={data && count(data.today.totalTokens)} note={data && 'input and output'} />
      <Sum label="Failed, last hour" value={data && failures(data)} note={data && failuresNote(data)} />
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

function attemptsOf({ lastHour }: SumsData) {
  const sum = (of: (totals: SumsData['lastHour'][number]['totals']) => number) =>
    lastHour.reduce((all, { totals }) => all + of(totals), 0);
  return { calls: sum(({ calls }) => calls), failed: sum(({ failedCalls }) => failedCalls) };
}

function failures(data: SumsData): string {
  const { calls, failed } = attemptsOf(data);
  return calls === 0 ? UNKNOWN : count(failed);
}

function failuresNote(data: SumsData): string {
  const { calls, failed } = attemptsOf(data);
  if (calls === 0) return 'no call in the last hour';
  return failed === 0 ? `none of ${plural(calls, 'call')}` : `of ${plural(calls, 'call')}, ${percent(failed, calls)}`;
}

function requestsNote({ today, month }: SumsData): string {
  const attempts = today.attempts === today.calls ? '' : `${count(today.attempts)} attempts, `;
  return `${attempts}${count(month.calls)} this month`;
}
