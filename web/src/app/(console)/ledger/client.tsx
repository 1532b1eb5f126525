'use client';
import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useCan } from '@/components/frame/viewer';
import { PageHeader } from '@/components/page/page-header';
import { ButtonLink } from '@/components/ui/button';
import { Tabs } from '@/components/ui/tabs';
import { newRestatementHref } from './href';
import { Restatements } from './restatements/restatements';

// Each is code that a visit to the first view never needs.
const Months = dynamic(() => import('./months/months').then((room) => room.Months));
const ExchangeRates = dynamic(() => import('./exchange-rates/exchange-rates').then((room) => room.ExchangeRates));

const VIEWS = ['restatements', 'months', 'exchange-rates'] as const;
type View = (typeof VIEWS)[number];

export function Ledger() {
  const [tab] = useQueryState('tab', parseAsStringLiteral(VIEWS).withDefault('restatements'));
  const router = useRouter();
  const canWrite = useCan('ledger.write');
  // A view begins at its first page and in its own order: nothing of the other one's address is kept.
  const show = (view: View) => router.push(view === 'restatements' ? '/ledger' : `/ledger?tab=${view}`);
  return (
    <>
      <PageHeader
        title="Ledger"
        description="What was booked for each call. It is corrected by a reversal and a new entry; nothing in it is ever changed."
        actions={
          canWrite && (
            <ButtonLink variant="primary" icon={<Plus aria-hidden />} href={newRestatementHref({})}>
              New restatement
            </ButtonLink>
          )
        }
      />
      <Tabs
        label="Views of the ledger"
        value={tab}
        onChange={show}
        tabs={[
          { value: 'restatements', label: 'Restatements', content: <Restatements /> },
          { value: 'months', label: 'Months', content: <Months /> },
          { value: 'exchange-rates', label: 'Exchange rates', content: <ExchangeRates /> },
        ]}
      />
    </>
  );
}
