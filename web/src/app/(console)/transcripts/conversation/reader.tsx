'use client';
import dynamic from 'next/dynamic';
import { useQueryStates } from 'nuqs';
import { useMemo, useRef } from 'react';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Segments } from '@/components/ui/segments';
import { Skeleton } from '@/components/ui/skeleton';
import { visible } from '../visible';
import { FindBar } from './find/find-bar';
import { useFind } from './find/use-find';
import { FoundWordsProvider, useMarks } from './find/use-marks';
import { type Reading, ReadingProvider } from './reading';
import { TextFormProvider } from './said-text';
import type { Conversation } from './summary';
import { useFolded } from './threads/use-folded';
import { Timeline } from './timeline/timeline';
import { failedBeside } from './timeline/turns-index';
import { useTurnsIndex } from './timeline/use-turns-index';
import { TurnList } from './turn-list';
import { usePlace } from './use-place';
import type { Start } from './use-turns';
import { viewParsers } from './view-state';

// Only those pay for it who compare.
const PromptDiffView = dynamic(() => import('./diff/prompt-diff-view').then((room) => room.PromptDiffView), {
  loading: () => <Skeleton className="h-40 w-full" />,
});

interface ReaderProps {
  conversation: Conversation;
  mayRead: boolean;
  proxyUrlPrefix: string;
}

/** The turns of a conversation, and the ways through them: by time, by words, by failures, by prompts. */
export function Reader({ conversation, mayRead, proxyUrlPrefix }: ReaderProps) {
  const { id, lastTurnAt } = conversation;
  const [{ view, text, from, diff }, setParams] = useQueryStates(viewParsers, { history: 'push' });
  const { target, jumps, jumpTo: stand, leave } = usePlace();
  const index = useTurnsIndex(id, lastTurnAt);
  const { folded, fold, unfoldAt } = useFolded(index);
  const jumpTo = (eventId: string) => {
    unfoldAt(eventId);
    stand(eventId, diff ? ['diff'] : []);
  };
  const find = useFind(id, jumpTo, mayRead);
  const said = useRef<HTMLDivElement>(null);
  useMarks(said, find.words);
  const current = useRef(jumpTo);
  current.current = jumpTo;
  const reading = useMemo<Reading>(
    () => ({
      ...{ index, folded, fold },
      jumpTo: (eventId) => current.current(eventId),
      compare: mayRead ? (before, after) => void setParams({ diff: { before, after } }) : null,
    }),
    [index, folded, fold, mayRead, setParams],
  );
  const start: Start = target === null ? from : { eventId: target };
  const startAt = (next: 'oldest' | 'newest') => {
    // A link to a turn stands for one place; another was asked for.
    leave();
    void setParams({ from: next === 'oldest' ? null : next });
  };
  const lastFailed = index && failedBeside(index, null, -1);
  return (
    <ReadingProvider value={reading}>
      {conversation.failedTurns > 0 && (
        <Banner
          tone="failed"
          className="mb-4"
          title={<span className="font-mono">{visible(conversation.errorCode ?? 'A turn failed')}</span>}
          action={
            <Button
              size="sm"
              disabled={lastFailed === null}
              onClick={() => jumpTo(index?.eventIds[lastFailed ?? 0] ?? '')}
            >
              Go to the failed turn
            </Button>
          }
        >
          {conversation.status === 'error' ? 'The last turn failed.' : 'A turn failed, and the conversation went on.'}
        </Banner>
      )}
      <Timeline current={target} isAtEnd={from === 'newest'} />
      <div
        className={cn('mb-1 flex flex-wrap items-center gap-2 bg-canvas py-2', !diff && 'sm:sticky sm:top-0 sm:z-10')}
      >
        {mayRead && <FindBar find={find} />}
        <Segments
          label="View"
          value={view}
          onChange={(next) => void setParams({ view: next === 'chat' ? null : next })}
          options={[
            { value: 'chat', label: 'Chat' },
            { value: 'detailed', label: 'Detailed' },
          ]}
        />
        {mayRead && (
          <Segments
            label="Text of messages"
            value={text}
            onChange={(next) => void setParams({ text: next === 'text' ? null : next })}
            options={[
              { value: 'text', label: 'Text' },
              { value: 'markdown', label: 'Markdown' },
            ]}
          />
        )}
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
      <FoundWordsProvider value={find.words}>
        <TextFormProvider value={text}>
          <div ref={said}>
            {diff && mayRead ? (
              <PromptDiffView
                conversationId={id}
                beforeId={diff.before}
                afterId={diff.after}
                onPick={(before, after) => void setParams({ diff: { before, after } }, { history: 'replace' })}
                onClose={() => jumpTo(diff.after)}
              />
            ) : (
              <TurnList {...{ start, jumps, mayRead, proxyUrlPrefix, lastTurnAt }} conversationId={id} mode={view} />
            )}
          </div>
        </TextFormProvider>
      </FoundWordsProvider>
    </ReadingProvider>
  );
}
