'use client';
import dynamic from 'next/dynamic';
import { useCan } from '@/components/frame/viewer';
import { ProblemNote } from '@/components/ui/error-state';
import { Section } from '@/components/ui/section';
import { Skeleton } from '@/components/ui/skeleton';
import type { Problem } from '@/graphql/problem';
import { NoticeList } from '../../notices/notice-list';
import { useNotices } from '../../notices/use-notices';
import type { TurnName } from '../../transcripts/again/request-panel';
import { RecordingNotices } from '../../transcripts/recording/recording-notices';
import type { Provider } from '../[name]/client';
import { LastCalls } from '../calls/last-calls';
import { ConnectionTestPanel } from '../connection-test/panel';
import { useCatalog } from '../models/use-catalog';
import { RecordingFacts } from '../recording/recording-facts';
import { isRecorded } from '../recording/settings';
import { ConnectionFacts, type TypeNames } from './connection-facts';
import { Endpoints } from './endpoints';
import { KpiStrip } from './kpi-strip';

// Only those pay for it who come from a turn.
const RequestPanel = dynamic(() => import('../../transcripts/again/request-panel').then((room) => room.RequestPanel), {
  loading: () => <Skeleton className="mb-6 h-64 w-full" />,
});

interface OverviewTabProps {
  provider: Provider;
  type: TypeNames;
  detectors: readonly { readonly name: string; readonly label: string }[];
  /** A model that a link asks to be tested. */
  modelToTest: string | null;
  /** A recorded turn that a link asks to be made again. */
  turnToTest: TurnName | null;
  onTurnLeft: () => void;
  /** Why the figures on screen may be old. */
  problem: Problem | null;
  /** A test has found something new about the endpoints. */
  onTested: () => void;
}

export function OverviewTab(props: OverviewTabProps) {
  const { provider, type, detectors, modelToTest, turnToTest, onTurnLeft, problem, onTested } = props;
  const [canTest, canReadBodies] = [useCan('provider.write'), useCan('transcript_body.read')];
  const { notices = [] } = useNotices(provider.name);
  const catalog = useCatalog(provider.models.length > 0 || !canTest ? '' : provider.type);
  return (
    <>
      {problem && (
        <div className="mb-4">
          <ProblemNote problem={problem} />
        </div>
      )}
      {notices.length > 0 && (
        <section aria-label="Needs attention" className="mb-4">
          <NoticeList notices={notices} />
        </section>
      )}
      {turnToTest && canTest && canReadBodies && <RequestPanel turn={turnToTest} onClose={onTurnLeft} />}
      <KpiStrip provider={provider} />
      <div className="mb-8 grid grid-cols-1 gap-x-12 gap-y-8 xl:grid-cols-2">
        <Section title="Connection" className="border-t-0 pt-0">
          <ConnectionFacts provider={provider} type={type} />
        </Section>
        <Section
          title="Endpoints"
          description="What this type, credential and address serve, as the last test found it."
          className="max-xl:border-t xl:border-t-0 xl:pt-0"
        >
          {canTest && (
            <div className="mb-4">
              <ConnectionTestPanel
                target={{ provider: provider.name }}
                models={provider.models.length > 0 ? provider.models : catalog.models.map(({ id }) => id)}
                initialModel={modelToTest}
                buttonLabel="Test now"
                onTested={onTested}
              />
            </div>
          )}
          <Endpoints endpoints={provider.endpoints} />
        </Section>
      </div>
      <Section title="Transcripts" className="mb-8">
        {isRecorded(provider) && <RecordingNotices className="mb-3 max-w-[720px]" />}
        <RecordingFacts provider={provider} detectors={detectors} />
      </Section>
      <LastCalls provider={provider} />
    </>
  );
}
