'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { useWhenAnswering } from '@/graphql/answering';
import type { ResultOf } from '@/graphql/graphql';
import { type Problem, problemOf } from '@/graphql/problem';
import { TURN_OF_CONVERSATION, TURNS } from '../queries';

export type Turn = NonNullable<ResultOf<typeof TURNS>['turns']>['nodes'][number];

/** Where reading begins: at the first turn, at the last, or at one that a link names. */
export type Start = 'oldest' | 'newest' | { readonly eventId: string };

const PAGE = 100;
/** Turns before the one that a link names, so that it is seen among others. */
const BEFORE_NAMED = 10;

interface Loaded {
  /** What reading began with: an id, or an end. */
  readonly of: string;
  readonly turns: readonly Turn[];
  readonly hasEarlier: boolean;
  readonly hasLater: boolean;
}

/** Whether what is loaded has the turn that is wanted, or the end. */
const holds = ({ of, turns }: Loaded, startKey: string) =>
  of === startKey || turns.some(({ eventId }) => eventId === startKey);

/** Turns around where reading began, more on demand in both directions. */
export function useTurns(id: string, start: Start) {
  const client = useClient();
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const isLoading = useRef(false);
  /** An answer to what is not asked any more is left. */
  const asking = useRef(0);
  const there = useRef<Loaded | null>(null);
  there.current = loaded;
  const startKey = typeof start === 'string' ? start : start.eventId;

  const page = useCallback(
    async (order: 'oldest' | 'newest', after: string | null, first = PAGE) => {
      const answer = await client
        .query(TURNS, { id, first, after, order }, { requestPolicy: 'network-only' })
        .toPromise();
      if (answer.error) throw answer.error;
      return answer.data?.turns ?? { nodes: [], hasNextPage: false, endCursor: null };
    },
    [client, id],
  );

  const run = useCallback(async (load: () => Promise<Loaded | null>) => {
    if (isLoading.current) return;
    isLoading.current = true;
    const asked = asking.current;
    try {
      const next = await load();
      if (asked !== asking.current) return;
      if (next) setLoaded(next);
      setProblem(null);
    } catch (error) {
      if (asked === asking.current) setProblem(problemOf(error as Parameters<typeof problemOf>[0]));
    } finally {
      if (asked === asking.current) isLoading.current = false;
    }
  }, []);

  const begin = useCallback(
    () =>
      run(async () => {
        if (startKey === 'newest') {
          const { nodes, hasNextPage } = await page('newest', null);
          return { of: startKey, turns: nodes.toReversed(), hasEarlier: hasNextPage, hasLater: false };
        }
        if (startKey !== 'oldest') {
          const answer = await client.query(TURN_OF_CONVERSATION, { id, eventId: startKey }).toPromise();
          const named = answer.data?.turn;
          if (named) {
            const [before, after] = await Promise.all([
              page('newest', named.cursor, BEFORE_NAMED),
              page('oldest', named.cursor),
            ]);
            return {
              of: startKey,
              turns: [...before.nodes.toReversed(), named, ...after.nodes],
              hasEarlier: before.hasNextPage,
              hasLater: after.hasNextPage,
            };
          }
        }
        const { nodes, hasNextPage } = await page('oldest', null);
        return { of: startKey, turns: nodes, hasEarlier: false, hasLater: hasNextPage };
      }),
    [run, page, client, id, startKey],
  );

  useEffect(() => {
    if (there.current && holds(there.current, startKey)) return;
    asking.current++;
    isLoading.current = false;
    setLoaded(null);
    void begin();
  }, [begin, startKey]);

  const later = () =>
    run(async () => {
      const last = loaded?.turns.at(-1);
      if (!loaded || !last) return null;
      const { nodes, hasNextPage } = await page('oldest', last.cursor);
      return { ...loaded, turns: [...loaded.turns, ...nodes], hasLater: hasNextPage };
    });
  const earlier = () =>
    run(async () => {
      const [first] = loaded?.turns ?? [];
      if (!loaded || !first) return null;
      const { nodes, hasNextPage } = await page('newest', first.cursor);
      return { ...loaded, turns: [...nodes.toReversed(), ...loaded.turns], hasEarlier: hasNextPage };
    });
  useWhenAnswering(() => {
    if (problem) void (loaded === null ? begin() : later());
  });
  /** What stands there is not of an earlier wish. */
  const isThere = loaded !== null && holds(loaded, startKey);
  return { loaded, isThere, problem, later, earlier, retry: begin };
}
