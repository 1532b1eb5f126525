'use client';
import { GitBranch, GitFork } from 'lucide-react';
import { Fragment } from 'react';
import { Button } from '@/components/ui/button';
import { count, plural } from '@/format';
import { useReading } from '../reading';
import type { TurnsIndex } from '../timeline/turns-index';

/** Whether the turn is the work of a sub-agent. */
export function useIsOfSubAgent(eventId: string): boolean {
  const { index } = useReading();
  const place = index?.placeOf(eventId);
  return place !== undefined && (index?.threadOf[place] ?? 0) > 0;
}

/** Where a turn stands among the others: its number, what it goes on from where that is not the one before, and what begins at it. */
export function TurnPlace({ eventId }: { eventId: string }) {
  const { index } = useReading();
  const place = index?.placeOf(eventId);
  if (!index || place === undefined) return null;
  const parent = index.parents[place] ?? null;
  const thread = index.threadOf[place] ?? 0;
  const isStart = index.isSpawned.has(place);
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-0.5 text-caption text-ink-2">
      <h2 className="figures font-medium text-ink">Turn {count(index.numberOf(place))}</h2>
      {thread > 0 && (
        <span className="inline-flex items-center gap-1">
          <GitBranch aria-hidden className="size-3.5" />
          Sub-agent {thread}
          {isStart && parent !== null && (
            <>
              , started by <TurnLink index={index} place={parent} />
            </>
          )}
        </span>
      )}
      {isStart && <FoldButton index={index} thread={thread} />}
      {index.isFork.has(place) && (
        <span className="inline-flex items-center gap-1 text-amber">
          <GitFork aria-hidden className="size-3.5" />
          Fork{parent !== null && ' of '}
          {parent !== null && <TurnLink index={index} place={parent} />}
        </span>
      )}
      {index.isRepeat.has(place) && (
        <span>
          The same request once more{parent !== null && ' as '}
          {parent !== null && <TurnLink index={index} place={parent} />}
        </span>
      )}
      {parent !== null &&
        parent !== place - 1 &&
        !index.isFork.has(place) &&
        !isStart &&
        !index.isRepeat.has(place) && (
          <span>
            goes on from <TurnLink index={index} place={parent} />
          </span>
        )}
      <Branches index={index} place={place} />
    </span>
  );
}

const SHOWN_BRANCHES = 6;

function Branches({ index, place }: { index: TurnsIndex; place: number }) {
  const branches = index.branchesOf.get(place) ?? [];
  if (branches.length === 0) return null;
  return (
    <span>
      branches to{' '}
      {branches.slice(0, SHOWN_BRANCHES).map((branch, nth) => (
        <Fragment key={branch}>
          {nth > 0 && ', '}
          <TurnLink index={index} place={branch} />
        </Fragment>
      ))}
      {branches.length > SHOWN_BRANCHES && ` and ${count(branches.length - SHOWN_BRANCHES)} more`}
    </span>
  );
}

function FoldButton({ index, thread }: { index: TurnsIndex; thread: number }) {
  const { folded, fold } = useReading();
  const { turns, failed } = index.threads[thread] ?? { turns: 0, failed: 0 };
  if (turns < 2) return null;
  const isFolded = folded.has(thread);
  return (
    <Button size="sm" variant="ghost" className="h-6 px-1.5" aria-expanded={!isFolded} onClick={() => fold(thread)}>
      {isFolded ? 'Show' : 'Fold'} its {plural(turns - 1, 'further turn')}
      {failed > 0 && `, ${count(failed)} failed`}
    </Button>
  );
}

function TurnLink({ index, place }: { index: TurnsIndex; place: number }) {
  const { jumpTo } = useReading();
  const eventId = index.eventIds[place] ?? '';
  return (
    <a
      href={`#turn-${eventId}`}
      onClick={(event) => {
        event.preventDefault();
        jumpTo(eventId);
      }}
      className="rounded-sm text-accent underline"
    >
      turn {count(index.numberOf(place))}
    </a>
  );
}
