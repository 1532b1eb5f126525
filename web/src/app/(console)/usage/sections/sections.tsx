'use client';
import { lazy, Suspense } from 'react';
import { ErrorState, ProblemNote } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { AnomaliesSection } from '../anomalies/anomalies-section';
import { useAnomalies } from '../anomalies/use-anomalies';
import type { Forecast } from '../forecast/use-forecast';
import { GroupsDialog } from '../groups/groups-dialog';
import { useLive } from '../live/live';
import type { UsageState } from '../state/use-usage-state';
import { NoUsage } from '../states/no-usage';
import { isTooCostly, TooCostly } from '../states/too-costly';
import type { UsageFigures } from '../use-usage';
import { SpendSection } from './spend-section';
import { RequestsSection, TokensSection } from './volume-sections';

const ChangeSection = lazy(() =>
  import('../change/change-section').then(({ ChangeSection }) => ({ default: ChangeSection })),
);
const QualitySection = lazy(() =>
  import('../quality/quality-section').then(({ QualitySection }) => ({ default: QualitySection })),
);

interface SectionsProps {
  state: UsageState;
  usage: UsageFigures;
  forecast: Forecast;
}

/** Everything below the headline. What is dear to work out waits until the figures stand. */
export function Sections({ state, usage, forecast }: SectionsProps) {
  const { refresh } = useLive();
  const { buckets, totals, problem } = usage;
  const isThere = buckets !== undefined;
  const anomalies = useAnomalies(state, isThere);
  if (problem && isTooCostly(problem)) return <TooCostly problem={problem} state={state} />;
  if (problem && !isThere) {
    return <ErrorState title="The usage could not be loaded" problem={problem} onRetry={refresh} />;
  }
  if (totals?.calls === 0) return <NoUsage state={state} />;
  return (
    <div className="flex flex-col gap-8">
      {problem && <ProblemNote problem={problem} />}
      <SpendSection state={state} usage={usage} forecast={forecast} anomalies={anomalies} />
      {isThere ? (
        <Suspense fallback={<ToCome />}>
          <ChangeSection state={state} />
        </Suspense>
      ) : (
        <ToCome />
      )}
      <div className="grid grid-cols-1 gap-x-12 gap-y-8 xl:grid-cols-2">
        <RequestsSection state={state} usage={usage} />
        <TokensSection state={state} usage={usage} />
      </div>
      {isThere && (
        <>
          <AnomaliesSection state={state} anomalies={anomalies} />
          <Suspense fallback={<ToCome />}>
            <QualitySection state={state} />
          </Suspense>
        </>
      )}
      <GroupsDialog state={state} />
    </div>
  );
}

/** As high as what will stand there. */
const ToCome = () => <Skeleton className="h-[340px] w-full" />;
