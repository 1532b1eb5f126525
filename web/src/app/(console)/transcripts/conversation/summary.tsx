import Link from 'next/link';
import type { ReactNode } from 'react';
import { Count, Duration } from '@/components/ui/figure';
import { RelativeTime } from '@/components/ui/relative-time';
import { percent, plural } from '@/format';
import type { ResultOf } from '@/graphql/graphql';
import { TranscriptCost, TranscriptTokens } from '../cost';
import type { CONVERSATION } from '../queries';

export type Conversation = NonNullable<ResultOf<typeof CONVERSATION>['conversation']>;

const INFERRED: Readonly<Record<string, string>> = {
  header: 'by the id the app states in a header',
  provider_id: 'by the ids of the upstream’s answers',
  session_header: 'by the session its client states',
  prefix: 'from what was said: each request repeats what came before',
};

/** How the turns came to be one conversation. */
export const inferredText = ({ inferredBy }: Pick<Conversation, 'inferredBy'>) =>
  inferredBy === null ? 'One turn, which states no conversation' : `Put together ${INFERRED[inferredBy] ?? inferredBy}`;

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-caption text-ink-3">{label}</dt>
      <dd className="truncate">{children}</dd>
    </div>
  );
}

/** What a conversation was, used and cost. */
export function Summary({ conversation }: { conversation: Conversation }) {
  const { usage, app, user, providers, models, failedTurns, forks, subAgents } = conversation;
  const { cacheHitRatio } = usage;
  return (
    <dl className="mb-5 grid grid-cols-2 gap-x-6 gap-y-3 border-y border-line py-3 sm:grid-cols-4 xl:grid-cols-8">
      <Figure label="Started">
        <RelativeTime at={conversation.startedAt} />
      </Figure>
      <Figure label="Duration">
        <Duration ms={conversation.durationMs} />
      </Figure>
      <Figure label="Turns">
        <Count value={conversation.turns} />
        <span className="text-caption text-ink-3">
          {failedTurns > 0 && `, ${failedTurns} failed`}
          {forks > 0 && `, ${plural(forks, 'fork')}`}
          {subAgents > 0 && `, ${plural(subAgents, 'sub-agent')}`}
        </span>
      </Figure>
      <Figure label="Tokens">
        <TranscriptTokens usage={usage} />
      </Figure>
      <Figure label="Cost">
        <TranscriptCost usage={usage} />
      </Figure>
      <Figure label="Cache efficiency">
        <span className="figures" title="Of all input, the part that came out of a cache">
          {cacheHitRatio === null ? <span className="text-ink-3">unknown</span> : percent(cacheHitRatio, 1)}
        </span>
      </Figure>
      <Figure label="App">
        <span title={user === null ? app : `${app}, user ${user}`}>
          {app}
          {user !== null && <span className="text-ink-3"> · {user}</span>}
        </span>
      </Figure>
      <Figure label="Provider, model">
        {providers.map((name) => (
          <Link key={name} href={`/providers/${name}`} className="text-accent hover:underline">
            {name}{' '}
          </Link>
        ))}
        <span className="font-mono text-caption text-ink-2" title={models.join(', ')}>
          {models.join(', ')}
        </span>
      </Figure>
    </dl>
  );
}
