import Link from 'next/link';
import type { ReactNode } from 'react';
import { Count, Duration } from '@/components/ui/figure';
import { RelativeTime } from '@/components/ui/relative-time';
import { percent, plural } from '@/format';
import type { ResultOf } from '@/graphql/graphql';
import { callsHref } from '../../usage/calls/href';
import { usageHref } from '../../usage/href';
import { TranscriptCost, TranscriptTokens } from '../cost';
import type { CONVERSATION } from '../queries';
import { visible } from '../visible';

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

const MINUTE_MS = 60_000;

/** Of its app and user while it lasted, as usage does not know of conversations. */
function callsOf({ startedAt, lastTurnAt, app, user }: Conversation) {
  const minute = (at: string, over: number) =>
    new Date((Math.floor(Date.parse(at) / MINUTE_MS) + over) * MINUTE_MS).toISOString();
  const range = { from: minute(startedAt, 0), to: minute(lastTurnAt, 1) };
  return [range, { apps: [app], ...(user !== null && { users: [user] }) }] as const;
}

/** Its calls one by one, and what they add up to. */
export function CallLinks({ conversation }: { conversation: Conversation }) {
  return (
    <span className="flex gap-x-3 text-table">
      <Link href={callsHref(...callsOf(conversation))} className="rounded-sm text-accent hover:underline">
        Calls
      </Link>
      <Link href={usageOf(conversation)} className="rounded-sm text-accent hover:underline">
        Cost &amp; Usage
      </Link>
    </span>
  );
}

function usageOf(conversation: Conversation): string {
  const [range, narrowed] = callsOf(conversation);
  return usageHref({ range, ...narrowed, groupBy: 'model' });
}

/** @param isName may be cut where there is little room: a figure never is */
function Figure({ label, isName = false, children }: { label: string; isName?: boolean; children: ReactNode }) {
  return (
    <div className={isName ? 'min-w-0' : 'min-w-0 xl:shrink-0'}>
      <dt className="truncate text-caption text-ink-3">{label}</dt>
      <dd className={isName ? 'truncate' : ''}>{children}</dd>
    </div>
  );
}

/** What a conversation was, used and cost. */
export function Summary({ conversation }: { conversation: Conversation }) {
  const { usage, app, user, providers, models, failedTurns, forks, subAgents } = conversation;
  const { cacheHitRatio } = usage;
  return (
    <dl className="mb-5 grid grid-cols-2 gap-x-6 gap-y-3 border-y border-line py-3 sm:grid-cols-4 xl:flex xl:gap-x-10">
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
      <Figure label="App" isName>
        <span title={user === null ? app : `${app}, user ${user}`}>
          {visible(app)}
          {user !== null && <span className="text-ink-3"> · {visible(user)}</span>}
        </span>
      </Figure>
      <Figure label="Provider, model" isName>
        {providers.map((name) => (
          <Link key={name} href={`/providers/${name}`} className="text-accent hover:underline">
            {name}{' '}
          </Link>
        ))}
        <span className="font-mono text-caption text-ink-2" title={visible(models.join(', '))}>
          {visible(models.join(', '))}
        </span>
      </Figure>
    </dl>
  );
}
