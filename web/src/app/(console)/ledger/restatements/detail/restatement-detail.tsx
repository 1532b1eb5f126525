'use client';
import { useEffect, useState } from 'react';
import { PageHeader } from '@/components/page/page-header';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState, ProblemNote } from '@/components/ui/error-state';
import { Section } from '@/components/ui/section';
import { useData } from '@/graphql/use-data';
import { spanText } from '../../span';
import { RESTATEMENT, type Restatement } from '../queries';
import { isUnderWay, RestatementStatus } from '../restatement-status';
import { Actions } from './actions';
import { DetailSkeleton } from './detail-skeleton';
import { DifferenceFigures } from './difference-figures';
import { DifferenceTables } from './difference-tables';
import { FactsOfRestatement } from './facts';
import { Progress } from './progress';
import { StateNote } from './state-note';

const CRUMBS = [{ label: 'Ledger', href: '/ledger' }];
const REFRESH_MS = 700;

/** One restatement, from its first rated call to its booked figures. */
export function RestatementDetail({ id }: { id: string }) {
  const [isMoving, setMoving] = useState(true);
  const { data, problem, refetch } = useData(RESTATEMENT, { id }, isMoving ? { everyMs: REFRESH_MS } : {});
  const restatement = data?.restatement;
  useEffect(() => {
    if (data) setMoving(restatement != null && isUnderWay(restatement));
  }, [data, restatement]);

  if (!data) {
    return problem ? (
      <>
        <PageHeader title="Restatement" crumbs={CRUMBS} />
        <ErrorState title="The restatement could not be loaded" problem={problem} onRetry={refetch} />
      </>
    ) : (
      <DetailSkeleton />
    );
  }
  if (!restatement) return <NoSuchRestatement />;
  const shown = restatement.booked ?? restatement.preview;
  return (
    <>
      <PageHeader
        crumbs={CRUMBS}
        title={titleOf(restatement)}
        aside={
          <span className="text-table">
            <RestatementStatus of={restatement} />
          </span>
        }
        description={`${spanText(restatement.from, restatement.to)}. ${restatement.reason}`}
        actions={<Actions restatement={restatement} />}
      />
      {problem && (
        <div className="mb-4">
          <ProblemNote problem={problem} />
        </div>
      )}
      <StateNote restatement={restatement} />
      {isUnderWay(restatement) && <Progress restatement={restatement} />}
      {(shown || isUnderWay(restatement)) && (
        <DifferenceFigures preview={restatement.preview} booked={restatement.booked} />
      )}
      <div className="grid grid-cols-1 gap-x-12 gap-y-8 2xl:grid-cols-[minmax(0,5fr)_minmax(0,2fr)]">
        {(shown || isUnderWay(restatement)) && (
          <DifferenceTables difference={shown} isBooked={restatement.booked !== null} />
        )}
        <Section title="Particulars" className={shown ? '' : 'border-t-0 pt-0'}>
          <FactsOfRestatement restatement={restatement} />
        </Section>
      </div>
    </>
  );
}

function titleOf({ number, reverses }: Restatement): string {
  return reverses ? `Restatement #${number}, reversal of #${reverses.number}` : `Restatement #${number}`;
}

function NoSuchRestatement() {
  return (
    <>
      <PageHeader title="No such restatement" crumbs={CRUMBS} />
      <EmptyState title="Nothing is at this address" action={<ButtonLink href="/ledger">All restatements</ButtonLink>}>
        The address was mistyped, or the restatement belongs to another project. Restatements are never deleted.
      </EmptyState>
    </>
  );
}
