'use client';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { type ReactNode, useMemo } from 'react';
import { useCan } from '@/components/frame/viewer';
import { Page } from '@/components/page/page';
import { PageHeader } from '@/components/page/page-header';
import { cn } from '@/components/ui/cn';
import { ProblemNote } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { Status } from '@/components/ui/status';
import { exactTime } from '@/format';
import { useData } from '@/graphql/use-data';
import { useNotices } from '../notices/use-notices';
import { CALLS } from '../providers/calls/queries';
import { TotalDrawer } from '../receipts/total/total-drawer';
import { API_TOKENS } from '../settings/api-tokens/queries';
import { RECORDING_STATE } from '../transcripts/recording/queries';
import { stateNotices } from '../transcripts/recording/state-notices';
import { anomaliesUnknown, anomalyNotices } from './anomaly-notices';
import { noticesFrom } from './attention';
import { AttentionList } from './attention-list';
import { FirstSteps } from './first-steps';
import { healthOf } from './health';
import { Meter } from './meter';
import { Movers } from './movers/movers';
import { useMovers } from './movers/use-movers';
import { ANOMALIES, METER, SETTING, SUMS } from './queries';
import { rangesAt } from './ranges';
import { RecentCalls } from './recent-calls';
import { Sums } from './sums';
import { tokenNotices } from './token-notices';
import { useMinute } from './use-minute';

/** Which sum stands open to its receipt. */
const homeReceipt = parseAsStringLiteral(['today', 'month'] as const);

const METER_EVERY_MS = 2_000;
const CALLS_EVERY_MS = 4_000;
const SUMS_EVERY_MS = 10_000;
const SLOW_EVERY_MS = 60_000;
const SHOWN_CALLS = 10;

export function Home() {
  const nowMs = useMinute();
  const ranges = useMemo(() => rangesAt(nowMs), [nowMs]);
  const meter = useData(METER, {}, { everyMs: METER_EVERY_MS });
  const sums = useData(
    SUMS,
    { today: ranges.today, month: ranges.month, lastHour: ranges.lastHour },
    { everyMs: SUMS_EVERY_MS },
  );
  const setting = useData(SETTING, {}, { everyMs: SUMS_EVERY_MS });
  const calls = useData(CALLS, { filter: null, first: SHOWN_CALLS, after: null }, { everyMs: CALLS_EVERY_MS });

  const anomalies = useData(ANOMALIES, { range: ranges.days }, { everyMs: SLOW_EVERY_MS });
  const canSeeApiTokens = useCan('api_token.read');
  const apiTokens = useData(API_TOKENS, {}, { pause: !canSeeApiTokens, everyMs: SLOW_EVERY_MS });

  const recording = useData(RECORDING_STATE, {}, { everyMs: SUMS_EVERY_MS });
  const figures = useNotices();
  const moved = useMovers(nowMs);
  const [receipt, setReceipt] = useQueryState('receipt', homeReceipt.withOptions({ history: 'push' }));

  const providers = setting.data?.providers.nodes;
  const hasToken = setting.data?.apps.some((app) => app.tokens.some((token) => token.state === 'active')) ?? false;
  const isFresh = calls.data?.calls.nodes.length === 0 && setting.data !== undefined;
  const isKnown = meter.data && sums.data && setting.data;
  const notices =
    isKnown &&
    noticesFrom({
      month: sums.data?.month,
      lastHour: sums.data?.lastHour,
      providers,
      figures: figures.notices,
      meter: meter.data?.meter,
      others: [
        ...(recording.data ? stateNotices(recording.data.recordingState) : []),
        ...(anomalies.problem && !anomalies.data ? [anomaliesUnknown(anomalies.problem.message)] : []),
        ...anomalyNotices(anomalies.data?.usageAnomalies.found ?? []),
        ...tokenNotices({ apps: setting.data?.apps ?? [], apiTokens: apiTokens.data?.apiTokens }, new Date(nowMs)),
      ],
    });
  const failedToAsk = [meter, sums, setting, calls].some(({ problem }) => problem !== null);
  const isAllIn =
    calls.data !== undefined && figures.isAnswered && !anomalies.loading && !apiTokens.loading && !recording.loading;
  const health = healthOf({ notices: isAllIn ? notices : undefined, isFresh, isUnknown: failedToAsk });
  // A part of unknown height is not followed by anything in sight: nothing on screen may move away as it fills.
  const hasNotices = isFresh || failedToAsk || (isAllIn && notices !== undefined);

  return (
    <Page>
      <PageHeader
        title="Home"
        aside={
          health ? (
            <span aria-live="polite" className="text-table">
              <Status state={health.state} label={health.label} />
            </span>
          ) : (
            <Skeleton className="w-24" />
          )
        }
        description="What flows over this weir right now, and what it costs. Days and months are in UTC."
      />
      <div className="flex flex-col gap-6">
        <Meter loaded={meter} />
        {sums.problem && !sums.data ? (
          <ProblemNote problem={sums.problem} />
        ) : (
          <Sums data={sums.data} onReceipt={(sum) => void setReceipt(sum)} />
        )}
        {isFresh ? (
          <FirstSteps provider={providers?.find(({ enabled }) => enabled)} hasToken={hasToken} />
        ) : (
          <>
            <AttentionList notices={hasNotices ? notices : undefined} />
            <Held until={hasNotices}>
              <Movers moved={moved} />
            </Held>
            <Held until={hasNotices && !moved.loaded.loading}>
              <RecentCalls rows={calls.data?.calls.nodes} problem={calls.problem} onRetry={calls.refetch} />
            </Held>
          </>
        )}
      </div>
      <TotalDrawer
        asked={
          receipt && {
            title: receipt === 'today' ? 'Spend today' : 'Spend this month',
            rangeText: `${exactTime(ranges[receipt].from)} – ${exactTime(ranges[receipt].to)}`,
            range: ranges[receipt],
            filter: {},
            part: null,
          }
        }
        onClose={() => void setReceipt(null)}
      />
    </Page>
  );
}

/** Takes its place but is not seen yet. */
function Held({ until, children }: { until: boolean; children: ReactNode }) {
  return <div className={cn(!until && 'invisible')}>{children}</div>;
}
