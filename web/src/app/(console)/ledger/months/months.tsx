'use client';
import { lazy, Suspense, useMemo, useState } from 'react';
import { DataTable } from '@/components/data-table/data-table';
import { useCan } from '@/components/frame/viewer';
import { EmptyState } from '@/components/ui/empty-state';
import { useOnceTrue } from '@/components/ui/use-once-true';
import { useData } from '@/graphql/use-data';
import { monthColumns } from './columns';
import { type AccountingMonth, MONTHS } from './queries';

const CloseDialog = lazy(() => import('./close-dialog').then((room) => ({ default: room.CloseDialog })));
const ReopenDialog = lazy(() => import('./reopen-dialog').then((room) => ({ default: room.ReopenDialog })));

interface Asking {
  readonly verb: 'close' | 'reopen';
  readonly month: AccountingMonth;
}

export function Months() {
  const { data, stale, problem, refetch } = useData(MONTHS, {});
  const [asking, setAsking] = useState<Asking | null>(null);
  const [now] = useState(() => new Date());
  const hasAsked = useOnceTrue(asking !== null);
  const canWrite = useCan('ledger.write');
  const columns = useMemo(() => {
    const actions = {
      onClose: (month: AccountingMonth) => setAsking({ verb: 'close', month }),
      onReopen: (month: AccountingMonth) => setAsking({ verb: 'reopen', month }),
    };
    return monthColumns(canWrite ? actions : null, now);
  }, [canWrite, now]);
  const close = () => setAsking(null);
  return (
    <>
      <p className="mb-4 max-w-[720px] text-ink-2">
        A closed month refuses restatements. What reaches it all the same, such as a call that was reported late, is
        shown as the difference since it was closed.
      </p>
      <DataTable
        label="Months"
        name="accounting-months"
        columns={columns}
        rows={data?.accountingMonths}
        rowKey={(row) => row.month}
        rowLabel={(row) => row.month}
        stale={stale}
        problem={problem}
        onRetry={refetch}
        fixedColumns
        skeletonRows={4}
        empty={
          <EmptyState title="No month has calls yet">
            Each UTC month stands here with its spend and calls, from the first call on.
          </EmptyState>
        }
      />
      {hasAsked && (
        <Suspense>
          <CloseDialog month={asking?.verb === 'close' ? asking.month : null} onClose={close} />
          <ReopenDialog month={asking?.verb === 'reopen' ? asking.month : null} onClose={close} />
        </Suspense>
      )}
    </>
  );
}
