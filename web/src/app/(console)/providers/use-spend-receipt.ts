'use client';
import { useQueryState } from 'nuqs';
import { useMemo } from 'react';
import type { TotalAsked } from '../receipts/total/total-details';
import { lastSevenDays } from '../usage/range';
import { providerDetailParsers } from './search-params';

const ALL = 'all';
const MODEL = 'model:';

/** The receipt of what a provider, or one of its models, spent in the last 7 days; which one is open is in the address. */
export function useSpendReceipt(provider: string) {
  const [receipt, setReceipt] = useQueryState(
    'receipt',
    providerDetailParsers.receipt.withOptions({ history: 'push' }),
  );
  // The window stands still while a receipt is open.
  const range = useMemo(() => lastSevenDays(new Date()), []);
  const model = receipt?.startsWith(MODEL) ? receipt.slice(MODEL.length) : null;
  const asked: TotalAsked | null =
    receipt === null
      ? null
      : {
          title: `Spend of ${model ?? provider}`,
          rangeText: 'Last 7 days, today included, UTC',
          range,
          filter: { providers: [provider], ...(model === null ? {} : { models: [model] }) },
          part: null,
        };
  return {
    open: () => void setReceipt(ALL),
    openModel: (id: string) => void setReceipt(`${MODEL}${id}`),
    drawer: { asked, onClose: () => void setReceipt(null) },
  };
}
