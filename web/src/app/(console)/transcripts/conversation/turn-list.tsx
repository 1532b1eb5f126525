'use client';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorState, ProblemNote } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { isUnreached } from '@/graphql/problem';
import { gapAfter, gapBefore } from '../spans/span';
import { SpanSteps } from '../spans/span-steps';
import { useSpans } from '../spans/use-spans';
import { useReading } from './reading';
import { toolAnswers } from './tools';
import { type Mode, TurnView } from './turn-view';
import { useSaid } from './use-said';
import { useStanding, useTop } from './use-standing';
import { type Start, type Turn, useTurns } from './use-turns';

interface TurnListProps {
  conversationId: string;
  start: Start;
  /** Grows with each wish to stand at the start, also at the same once more. */
  jumps: number;
  mode: Mode;
  mayRead: boolean;
  proxyUrlPrefix: string;
  /** When the last turn began: changes as the conversation goes on. */
  lastTurnAt: string;
}

const GUESSED_HEIGHT_PX = 220;
/** Above what is scrolled to, since what is looked for stands there. */
const BAR_PX = 48;
const NOTHING: never[] = [];

/** The turns of a conversation, of which only those in sight are in the document. */
export function TurnList({ conversationId, start, jumps, mode, mayRead, proxyUrlPrefix, lastTurnAt }: TurnListProps) {
  const { loaded, isThere, problem, later, earlier, retry } = useTurns(conversationId, start);
  const turns = useUnfolded(loaded?.turns ?? NOTHING);
  const list = useRef<HTMLDivElement>(null);
  const marginPx = useTop(list);
  const virtualizer = useWindowVirtualizer({
    count: turns.length,
    estimateSize: () => GUESSED_HEIGHT_PX,
    getItemKey: (index) => turns[index]?.eventId ?? index,
    scrollMargin: marginPx,
    scrollPaddingStart: BAR_PX,
    overscan: 4,
  });
  const items = virtualizer.getVirtualItems();
  const inSight = items.flatMap(({ index }) => turns[index]?.eventId ?? []);
  const { saidOf, problem: saidProblem, retry: retrySaid } = useSaid(conversationId, inSight, mayRead);
  const gapOf = (index: number) => {
    const turn = turns[index];
    return turn === undefined ? null : gapAfter(turn, turns[index + 1], loaded?.hasLater === false);
  };
  const before = loaded?.hasEarlier === false ? gapBefore(turns[0]) : null;
  const { spansIn, problem: spanProblem } = useSpans(
    conversationId,
    [...(items[0]?.index === 0 ? [before] : []), ...items.map(({ index }) => gapOf(index))].filter(
      (gap) => gap !== null,
    ),
  );
  const near = items.flatMap(({ index }) => turns.slice(Math.max(0, index - 1), index + 2));
  const answers = toolAnswers([...new Set(near)], saidOf);

  const lastIndex = items.at(-1)?.index ?? -1;
  const isAtEnd = loaded?.hasLater === true && problem === null && lastIndex >= turns.length - 5;
  useEffect(() => {
    if (isAtEnd) void later();
  });
  const lastSeen = useRef(lastTurnAt);
  useEffect(() => {
    if (lastSeen.current === lastTurnAt || loaded === null) return;
    lastSeen.current = lastTurnAt;
    if (!loaded.hasLater) void later();
  });
  const isWhole = isThere && (!mayRead || inSight.every((eventId) => saidOf(eventId) !== undefined));
  const standAt = useStanding(virtualizer.getTotalSize() + marginPx, isWhole);
  const newest = useRef(turns);
  newest.current = turns;
  const placeOf = (wanted: string) => newest.current.findIndex(({ eventId }) => eventId === wanted);
  useStart(start, jumps, isThere, () => {
    const wanted = start === 'newest' ? turns.at(-1)?.eventId : start === 'oldest' ? undefined : start.eventId;
    standAt(() => {
      const at = wanted === undefined ? 0 : placeOf(wanted);
      virtualizer.scrollToIndex(Math.max(0, at), { align: 'start' });
    });
  });
  useAnchor(turns[0]?.eventId, (eventId) => {
    if (placeOf(eventId) > 0) standAt(() => virtualizer.scrollToIndex(placeOf(eventId), { align: 'start' }));
  });
  const target = typeof start === 'string' ? null : start.eventId;

  return (
    <div>
      {loaded?.hasEarlier && (
        <div className="border-t border-line py-3">
          <Button size="sm" onClick={() => void earlier()}>
            Show earlier turns
          </Button>
        </div>
      )}
      {saidProblem && (
        <div className="my-2 flex items-center gap-3">
          <ProblemNote problem={saidProblem} />
          <Button size="sm" onClick={retrySaid}>
            Try again
          </Button>
        </div>
      )}
      {spanProblem && !isUnreached(spanProblem) && <ProblemNote problem={spanProblem} />}
      <div ref={list}>
        {loaded === null && problem && (
          <ErrorState title="The turns could not be loaded" problem={problem} onRetry={() => void retry()} />
        )}
        {loaded === null && !problem && <Waiting />}
        <div className="relative w-full" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const turn = turns[item.index];
            return (
              turn && (
                <div
                  key={item.key}
                  id={`turn-${turn.eventId}`}
                  ref={virtualizer.measureElement}
                  data-index={item.index}
                  className="absolute top-0 left-0 w-full"
                  style={{ transform: `translateY(${item.start - virtualizer.options.scrollMargin}px)` }}
                >
                  {item.index === 0 && <SpanSteps conversationId={conversationId} gap={spansIn(before)} />}
                  <TurnView
                    {...{ conversationId, turn, answers, mode, mayRead, proxyUrlPrefix }}
                    said={saidOf(turn.eventId)}
                    isTarget={turn.eventId === target}
                  />
                  <SpanSteps conversationId={conversationId} gap={spansIn(gapOf(item.index))} />
                </div>
              )
            );
          })}
        </div>
        {loaded !== null && problem && (
          <div className="flex items-center gap-3 py-3">
            <ProblemNote problem={problem} />
            <Button size="sm" onClick={() => void later()}>
              Try again
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

/** Earlier turns come before the one that was first, which stays in sight. */
function useAnchor(first: string | undefined, scrollTo: (eventId: string) => void): void {
  const before = useRef(first);
  useLayoutEffect(() => {
    if (before.current !== undefined && first !== before.current) scrollTo(before.current);
    before.current = first;
  });
}

/** Once what it begins with is there, and again whenever somebody wants to be there. */
function useStart(start: Start, jumps: number, isThere: boolean, scroll: () => void): void {
  const done = useRef<string | null>(null);
  useEffect(() => {
    const key = `${typeof start === 'string' ? start : start.eventId} ${jumps}`;
    if (!isThere || done.current === key) return;
    // The first turns are where the page begins anyway.
    if (start !== 'oldest' || done.current !== null) scroll();
    done.current = key;
  });
}

/** Without the turns of folded sub-agents, but for the first of each. */
function useUnfolded(turns: readonly Turn[]): readonly Turn[] {
  const { index, folded } = useReading();
  return useMemo(() => {
    if (!index || folded.size === 0) return turns;
    return turns.filter(({ eventId }) => {
      const place = index.placeOf(eventId);
      const thread = place === undefined ? 0 : (index.threadOf[place] ?? 0);
      return !folded.has(thread) || index.threads[thread]?.first === place;
    });
  }, [turns, index, folded]);
}

function Waiting() {
  return (
    <div aria-busy className="flex flex-col gap-6 border-t border-line py-4">
      {['a', 'b', 'c'].map((key) => (
        <div key={key} className="flex flex-col gap-2">
          <Skeleton className="h-4 w-64" />
          <Skeleton className="h-16 w-full" />
        </div>
      ))}
    </div>
  );
}
