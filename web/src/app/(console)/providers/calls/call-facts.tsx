import { CopyId } from '@/components/ui/copy-button';
import { Count, Duration } from '@/components/ui/figure';
import { Facts } from '@/components/ui/section';
import { Status } from '@/components/ui/status';
import { bytes, count } from '@/format';
import type { Receipt } from '../../receipts/call/call-receipt';
import { alterationText, estimateReason, usageSourceText } from './wording';

type CallDetail = Receipt['call'];

type Fact = { label: string; value: React.ReactNode };
const unless = (isAbsent: boolean, fact: Fact): Fact[] => (isAbsent ? [] : [fact]);
const mono = (text: string) => <span className="font-mono text-caption break-all">{text}</span>;

/** How a call went, what it asked for and who made it. */
export function CallFacts({ call }: { call: CallDetail }) {
  const because = estimateReason(call.usageSource);
  return (
    <div className="flex flex-col gap-6 text-table">
      <Group
        title="Outcome"
        facts={[
          { label: 'Outcome', value: <Status state={call.outcome} /> },
          ...unless(call.errorCode === null, { label: 'Error', value: mono(call.errorCode ?? '') }),
          { label: 'Status', value: statusText(call) },
          { label: 'Duration', value: <Duration ms={call.durationMs} /> },
          { label: 'First byte', value: <Duration ms={call.firstByteMs} /> },
          { label: 'First token', value: <Duration ms={call.firstTokenMs} /> },
          { label: 'Gateway overhead', value: <Duration ms={call.overheadMs} /> },
          { label: 'Tokens', value: <Count value={call.totalTokens} estimatedBecause={because} /> },
          { label: 'Usage', value: usageText(call) },
          ...unless(call.alterations.length === 0, {
            label: 'Gateway changed',
            value: (
              <ul className="flex flex-col gap-0.5">
                {call.alterations.map((alteration) => (
                  <li key={alteration}>{alterationText(alteration)}.</li>
                ))}
              </ul>
            ),
          }),
        ]}
      />
      <Group
        title="Request"
        facts={[
          { label: 'Provider', value: mono(call.provider) },
          { label: 'Endpoint', value: mono(`${call.method} ${call.path}`) },
          ...unless(call.requestedModel === null, { label: 'Model asked for', value: mono(call.requestedModel ?? '') }),
          ...unless(call.servedModel === null, { label: 'Model served', value: mono(call.servedModel ?? '') }),
          ...unless(call.serviceTier === null, { label: 'Service tier', value: mono(call.serviceTier ?? '') }),
          { label: 'Streamed', value: call.streamed ? 'yes' : 'no' },
          { label: 'Sent, received', value: `${bytes(call.requestBytes)}, ${bytes(call.responseBytes)}` },
          ...unless(call.attempt === 1, { label: 'Attempt', value: count(call.attempt) }),
          ...unless(!call.clientRetry, { label: 'Retry', value: `${count(call.clientRetry)}, as the app’s SDK says` }),
          ...unless(call.upstreamRequestId === null, {
            label: 'Upstream request id',
            value: <CopyId value={call.upstreamRequestId ?? ''} label="Copy upstream request id" />,
          }),
        ]}
      />
      <Group
        title="Attribution"
        facts={[
          { label: 'App', value: call.app },
          { label: 'Environment', value: call.environment },
          { label: 'Token', value: <CopyId value={call.tokenId} label="Copy token id" /> },
          ...unless(call.user === null, { label: 'User', value: call.user }),
          ...unless(call.agent === null, { label: 'Agent', value: call.agent }),
          ...unless(call.conversation === null, { label: 'Conversation', value: mono(call.conversation ?? '') }),
          ...unless(call.traceId === null, {
            label: 'Trace',
            value: <CopyId value={call.traceId ?? ''} label="Copy trace id" />,
          }),
          ...unless(call.tags.length === 0, {
            label: 'Tags',
            value: mono(call.tags.map(({ key, value }) => `${key}=${value}`).join(', ')),
          }),
        ]}
      />
    </div>
  );
}

function usageText({ usageSource, estimator }: CallDetail): string {
  return [usageSourceText(usageSource), estimator && `by the tokenizer ${estimator}`].filter(Boolean).join(' ');
}

function statusText({ status, upstreamStatus }: CallDetail): string {
  const sent = status === null ? 'none sent to the app' : String(status);
  return upstreamStatus === null || upstreamStatus === status ? sent : `${sent} (upstream ${upstreamStatus})`;
}

function Group({ title, facts }: { title: string; facts: readonly Fact[] }) {
  return (
    <section>
      <h3 className="mb-2 text-base font-semibold">{title}</h3>
      <Facts facts={facts} className="grid-cols-[144px_minmax(0,1fr)]" />
    </section>
  );
}
