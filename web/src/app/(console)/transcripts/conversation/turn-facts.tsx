import Link from 'next/link';
import { useCan } from '@/components/frame/viewer';
import { Count, Duration } from '@/components/ui/figure';
import { Facts } from '@/components/ui/section';
import { day, percent } from '@/format';
import { TranscriptCost } from '../cost';
import { visible } from '../visible';
import { bodyText } from './body-state';
import type { Turn } from './use-turns';

const dot = (
  <span aria-hidden className="text-line-2">
    ·
  </span>
);

/** What a turn used, in one line. */
export function TurnFigures({ turn }: { turn: Turn }) {
  const { usage } = turn;
  const cached = usage.cacheHitRatio;
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-caption text-ink-2">
      <span title="Input, without what came out of a cache, and output">
        <Count value={usage.inputTokens} /> in, <Count value={usage.outputTokens} /> out
      </span>
      {dot}
      <span title="Of all input, the part that came out of a cache">
        {cached === null ? 'cache unknown' : `${percent(cached, 1)} cached`}
      </span>
      {dot}
      <Link href={`/receipts/${turn.eventId}`} className="rounded-sm text-accent underline">
        <TranscriptCost usage={usage} />
        <span className="sr-only"> , receipt of the call</span>
      </Link>
      {dot}
      <span title="To the first token, and to the end">
        {turn.firstTokenMs !== null && (
          <>
            <Duration ms={turn.firstTokenMs} /> to first token,{' '}
          </>
        )}
        <Duration ms={turn.durationMs} />
      </span>
    </span>
  );
}

const RELATIONS: Readonly<Record<string, string>> = {
  starts: 'starts the conversation',
  continues: 'goes on from the turn before',
  forks: 'goes another way than a turn that went on already',
  repeats: 'is the same request once more',
  spawned: 'is the work of a sub-agent',
};

const mono = (text: string) => <span className="font-mono text-caption break-all">{visible(text)}</span>;

/** Everything that is known of a turn, for the detailed mode. */
export function TurnDetails({ turn }: { turn: Turn }) {
  const mayTest = useCan('provider.write');
  return (
    <Facts
      className="text-table lg:grid-cols-[max-content_minmax(0,1fr)_max-content_minmax(0,1fr)]"
      facts={[
        { label: 'Turn', value: mono(turn.eventId) },
        {
          label: 'Call',
          value: (
            <>
              {mono(turn.callId)}
              {turn.attempt > 1 && `, attempt ${turn.attempt}`}
            </>
          ),
        },
        { label: 'Place', value: RELATIONS[turn.relation] ?? turn.relation },
        {
          label: 'Provider',
          value: (
            <>
              <Link href={`/providers/${turn.provider}`} className="text-accent underline">
                {turn.provider}
              </Link>
              {mayTest && turn.requestedModel !== null && (
                <>
                  {', '}
                  <Link
                    href={`/providers/${turn.provider}?test=${encodeURIComponent(turn.requestedModel)}`}
                    className="text-accent underline"
                  >
                    test this model
                  </Link>
                </>
              )}
            </>
          ),
        },
        { label: 'Asked for', value: mono(turn.requestedModel ?? '–') },
        { label: 'Served by', value: mono(turn.servedModel ?? '–') },
        { label: 'Endpoint', value: mono(`${turn.endpoint} ${turn.path}`) },
        { label: 'Environment', value: turn.environment },
        { label: 'HTTP status', value: turn.status ?? '–' },
        {
          label: 'Messages',
          value: `${turn.inputMessages} asked, ${turn.inputKnown} of them known from before; ${turn.outputMessages} answered`,
        },
        { label: 'Reasoning', value: <Count value={turn.usage.reasoningTokens} /> },
        { label: 'Cache written', value: <Count value={turn.usage.cacheWriteTokens} /> },
        { label: 'Request', value: bodyText(turn.request) },
        { label: 'Answer', value: bodyText(turn.response) },
        { label: 'Gone on', value: `${day(turn.expiresOn)}, UTC` },
      ]}
    />
  );
}
