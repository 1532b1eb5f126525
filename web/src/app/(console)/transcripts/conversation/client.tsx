'use client';
import { parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useEffect, useState } from 'react';
import { useCan } from '@/components/frame/viewer';
import { PageHeader } from '@/components/page/page-header';
import { Banner } from '@/components/ui/banner';
import { Button, ButtonLink } from '@/components/ui/button';
import { CopyId } from '@/components/ui/copy-button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Segments } from '@/components/ui/segments';
import { Skeleton } from '@/components/ui/skeleton';
import { useData } from '@/graphql/use-data';
import { ConversationStatus } from '../conversation-status';
import { nameOf } from '../list/columns';
import { CONVERSATION } from '../queries';
import { ConversationMenu } from './conversation-menu';
import { inferredText, Summary } from './summary';
import { TurnList } from './turn-list';
import type { Start } from './use-turns';

const CRUMBS = [{ label: 'Transcripts', href: '/transcripts' }];
const REFRESH_MS = 10_000;

const parsers = {
  view: parseAsStringLiteral(['chat', 'detailed'] as const).withDefault('chat'),
  from: parseAsStringLiteral(['oldest', 'newest'] as const).withDefault('oldest'),
};

export function Conversation({ id }: { id: string }) {
  const [{ view, from }, setParams] = useQueryStates(parsers, { history: 'push' });
  const target = useTarget();
  const mayRead = useCan('transcript_body.read');
  const { data, problem, refetch } = useData(CONVERSATION, { id }, { everyMs: REFRESH_MS });
  if (!data) {
    return (
      <>
        <PageHeader title={problem ? 'Conversation' : <Skeleton className="h-6 w-64" />} crumbs={CRUMBS} />
        {problem ? (
          <ErrorState title="The conversation could not be loaded" problem={problem} onRetry={refetch} />
        ) : (
          <Skeleton className="h-32 w-full" />
        )}
      </>
    );
  }
  const { conversation, proxyUrlPrefix } = data;
  if (!conversation) {
    return (
      <>
        <PageHeader title="No such conversation" crumbs={CRUMBS} />
        <EmptyState
          title="Nothing is kept under this id"
          action={<ButtonLink href="/transcripts">All conversations</ButtonLink>}
        >
          Its time to be kept has run out, it was deleted, or the address was mistyped.
        </EmptyState>
      </>
    );
  }
  const start: Start = target === null ? from : { eventId: target };
  const startAt = (next: 'oldest' | 'newest') => {
    // A link to a turn stands for one place; another was asked for.
    if (target !== null) window.location.hash = '';
    void setParams({ from: next === 'oldest' ? null : next });
  };
  return (
    <>
      <PageHeader
        crumbs={CRUMBS}
        title={<span className="line-clamp-2">{nameOf(conversation)}</span>}
        aside={
          <span className="text-table">
            <ConversationStatus status={conversation.status} errorCode={conversation.errorCode} />
          </span>
        }
        actions={<ConversationMenu id={conversation.id} />}
        description={
          <span className="flex flex-wrap items-center gap-x-3">
            <CopyId value={conversation.id} label="Copy id" />
            <span className="text-table text-ink-3">{inferredText(conversation)}.</span>
          </span>
        }
      />
      <Summary conversation={conversation} />
      {conversation.status === 'error' && (
        <Banner
          tone="failed"
          className="mb-4"
          title={<span className="font-mono">{conversation.errorCode ?? 'The last turn failed'}</span>}
          action={
            <Button size="sm" onClick={() => startAt('newest')}>
              Go to the failed turn
            </Button>
          }
        >
          The last turn failed.
        </Banner>
      )}
      {!mayRead && (
        <Banner className="mb-4">
          Your role does not allow reading what was said. Figures and outcomes of each turn are below.
        </Banner>
      )}
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <Segments
          label="View"
          value={view}
          onChange={(next) => void setParams({ view: next === 'chat' ? null : next })}
          options={[
            { value: 'chat', label: 'Chat' },
            { value: 'detailed', label: 'Detailed' },
          ]}
        />
        <Segments
          label="Begin at"
          value={from}
          onChange={startAt}
          options={[
            { value: 'oldest', label: 'First turn' },
            { value: 'newest', label: 'Last turn' },
          ]}
        />
      </div>
      <TurnList
        key={typeof start === 'string' ? start : start.eventId}
        {...{ start, mayRead, proxyUrlPrefix }}
        conversationId={conversation.id}
        mode={view}
        lastTurnAt={conversation.lastTurnAt}
      />
    </>
  );
}

/** The turn that `#turn-…` names; null = none. */
function useTarget(): string | null {
  const [target, setTarget] = useState<string | null>(null);
  useEffect(() => {
    const read = () => setTarget(/^#turn-([0-9a-f-]{36})$/.exec(window.location.hash)?.[1] ?? null);
    read();
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, []);
  return target;
}
