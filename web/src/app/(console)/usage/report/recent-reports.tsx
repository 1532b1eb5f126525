'use client';
import { useEffect, useState } from 'react';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { useData } from '@/graphql/use-data';
import { OF_REPORTS, REPORTS } from './queries';
import { isUnderWay } from './report';
import { ReportRow } from './report-row';

const RUNNING_EVERY_MS = 1_000;
const QUIET_EVERY_MS = 30_000;

/** Reports of the project, newest first. */
export function RecentReports() {
  const [isBusy, setBusy] = useState(false);
  const { data, problem, refetch } = useData(
    REPORTS,
    {},
    { lists: OF_REPORTS.additionalTypenames, everyMs: isBusy ? RUNNING_EVERY_MS : QUIET_EVERY_MS },
  );
  const hasUnderWay = data?.usageReports.some(isUnderWay) ?? false;
  useEffect(() => setBusy(hasUnderWay), [hasUnderWay]);
  if (problem && !data) {
    return <ErrorState title="The reports could not be loaded" problem={problem} onRetry={refetch} />;
  }
  if (!data) return <Skeleton className="w-64" />;
  if (data.usageReports.length === 0) {
    return <p className="py-2 text-ink-2">No report yet. One stays here for download until it expires.</p>;
  }
  return (
    <ul>
      {data.usageReports.map((report) => (
        <ReportRow key={report.id} report={report} />
      ))}
    </ul>
  );
}
