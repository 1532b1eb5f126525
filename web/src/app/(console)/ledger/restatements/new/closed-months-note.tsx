'use client';
import { Banner } from '@/components/ui/banner';
import { Link } from '@/components/ui/link';
import { useData } from '@/graphql/use-data';
import { monthName, monthsIn } from '../../month';
import { MONTHS } from '../../months/queries';
import type { Range } from './range';

/** Closed months in range refuse to be booked: better known before the preview than after it. */
export function ClosedMonthsNote({ range }: { range: Range }) {
  const { data } = useData(MONTHS, {});
  const touched = new Set(monthsIn(range.from, range.to));
  const closed = data?.accountingMonths.filter(({ month, state }) => state === 'CLOSED' && touched.has(month)) ?? [];
  if (closed.length === 0) return null;
  const names = closed.map(({ month }) => monthName(month));
  return (
    <Banner tone="attention" title={`${names.join(', ')} ${closed.length === 1 ? 'is' : 'are'} closed`}>
      Nothing can be booked in a closed month. Choose another range, or{' '}
      <Link href="/ledger?tab=months" className="text-accent underline">
        reopen it under Months
      </Link>{' '}
      with a reason first.
    </Banner>
  );
}
