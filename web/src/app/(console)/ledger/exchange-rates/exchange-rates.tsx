'use client';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { DataTable } from '@/components/data-table/data-table';
import { useCan } from '@/components/frame/viewer';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { useOnceTrue } from '@/components/ui/use-once-true';
import { useData } from '@/graphql/use-data';
import { exchangeRateColumns } from './columns';
import { placesOf, withStanding } from './in-force';
import { EXCHANGE_RATES } from './queries';

const SetRateDialog = lazy(() => import('./set-rate-dialog').then((room) => ({ default: room.SetRateDialog })));

export function ExchangeRates() {
  const { data, stale, problem, refetch } = useData(EXCHANGE_RATES, {}, { lists: ['ExchangeRate'] });
  const [isSetting, setSetting] = useState(false);
  const hasAsked = useOnceTrue(isSetting);
  const canWrite = useCan('provider.write');
  const rows = useMemo(() => {
    const places = Math.max(0, ...(data?.exchangeRates ?? []).map(({ usdPerUnit }) => placesOf(usdPerUnit)));
    return data && withStanding(data.exchangeRates).map((rate) => ({ ...rate, places }));
  }, [data]);
  const set = canWrite && (
    <Button icon={<Plus aria-hidden />} onClick={() => setSetting(true)}>
      Set exchange rate
    </Button>
  );
  return (
    <>
      <div className="mb-4 flex flex-wrap items-start justify-between gap-x-8 gap-y-3">
        <p className="max-w-[720px] text-ink-2">
          The ledger is in USD. A price of your own in another currency is turned into USD at the rate that was valid
          when the call began; rates come from you, never from the internet.
          {!canWrite && ' Only admins set them.'}
        </p>
        {rows && rows.length > 0 && set}
      </div>
      <DataTable
        label="Exchange rates"
        name="exchange-rates"
        columns={exchangeRateColumns}
        rows={rows}
        rowKey={(row) => `${row.currency} ${row.validFrom}`}
        isMuted={(row) => !row.isInForce}
        stale={stale}
        problem={problem}
        onRetry={refetch}
        fixedColumns
        skeletonRows={4}
        empty={
          <EmptyState title="No exchange rate yet" action={set}>
            {canWrite
              ? 'Set one for each currency that your contracts name prices in. Prices in USD need none.'
              : 'An admin sets one for each currency that your contracts name prices in. Prices in USD need none.'}
          </EmptyState>
        }
      />
      {hasAsked && (
        <Suspense>
          <SetRateDialog open={isSetting} rates={data?.exchangeRates ?? []} onClose={() => setSetting(false)} />
        </Suspense>
      )}
    </>
  );
}
