'use client';
import { RelativeTime } from '@/components/ui/relative-time';
import { Skeleton } from '@/components/ui/skeleton';
import { Status } from '@/components/ui/status';
import { useData } from '@/graphql/use-data';
import { CALLS } from '../calls/queries';
import { healthOf } from './health';

const LOOKED_AT = 100;
const REFRESH_MS = 15_000;

/** How the latest calls went, in one line. */
export function RecentHealth({ provider }: { provider: string }) {
  const { data, problem } = useData(
    CALLS,
    { filter: { providers: [provider] }, first: LOOKED_AT, after: null },
    { everyMs: REFRESH_MS },
  );
  if (!data) return problem ? <span className="text-red">could not be read</span> : <Skeleton className="my-1 w-48" />;
  const health = healthOf(data.calls.nodes);
  if (health.asked === 0) return <span className="text-ink-3">none yet</span>;
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
      <Status
        state={health.failed === 0 ? 'completed' : health.failed === health.asked ? 'failed' : 'attention'}
        label={
          health.failed === 0
            ? `none of the last ${health.asked} failed`
            : `${health.failed} of the last ${health.asked} failed`
        }
      />
      {health.lastFailure && (
        <span className="text-table text-ink-3">
          last <RelativeTime at={health.lastFailure.startedAt} />
          {health.lastFailure.errorCode && (
            <>
              , <span className="font-mono text-caption">{health.lastFailure.errorCode}</span>
            </>
          )}
        </span>
      )}
    </span>
  );
}
