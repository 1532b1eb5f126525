'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import type { ResultOf } from '@/graphql/graphql';
import { type Problem, problemOf } from '@/graphql/problem';
import { TURN_OF_CONVERSATION, TURNS } from '../queries';

export type Turn = NonNullable<ResultOf<typeof TURNS>['turns']>['nodes'][number];

/** Where reading begins: at the first turn, at the last, or at one that a link names. */
export type Start = 'oldest' | 'newest' | { readonly eventId: string };

const PAGE = 100;

interface Loaded {
  readonly turns: readonly Turn[];
  readonly hasEarlier: boolean;
  readonly hasLater: boolean;
}

/** Turns around where reading began, more on demand in both directions. */
export function useTurns(id: string, start: Start) {
  const client = useClient();
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const isLoading = useRef(false);
  const startKey = typeof start === 'string' ? start : start.eventId;

  const page = useCallback(
    async (order: 'oldest' | 'newest', after: string | null) => {
      const answer = await client
        .query(TURNS, { id, first: PAGE, after, order }, { requestPolicy: 'network-only' })
        .toPromise();
      if (answer.error) throw answer.error;
      return answer.data?.turns ?? { nodes: [], hasNextPage: false, endCursor: null };
    },
    [client, id],
  );

  const run = useCallback(async (load: () => Promise<Loaded | null>) => {
    if (isLoading.current) return;
    isLoading.current = true;
    try {
      const next = await load();
      if (next) setLoaded(next);
      setProblem(null);
    } catch (error) {
      setProblem(problemOf(error as Parameters<typeof problemOf>[0]));
    } finally {
      isLoading.current = false;
    }
  }, []);

  const begin = useCallback(
    () =>
      run(async () => {
        if (startKey === 'newest') {
          const { nodes, hasNextPage } = await page('newest', null);
          return { turns: nodes.toReversed(), hasEarlier: hasNextPage, hasLater: false };
        }
        if (startKey !== 'oldest') {
          const answer = await client.query(TURN_OF_CONVERSATION, { id, eventId: startKey }).toPromise();
          const named = answer.data?.turn;
          if (named) {
            const after = await page('oldest', named.cursor);
            return {
              turns: [named, ...after.nodes],
              hasEarlier: named.relation !== 'starts',
              hasLater: after.hasNextPage,
            };
          }
        }
        const { nodes, hasNextPage } = await page('oldest', null);
        return { turns: nodes, hasEarlier: false, hasLater: hasNextPage };
      }),
    [run, page, client, id, startKey],
  );

  useEffect(() => {
    setLoaded(null);
    isLoading.current = false;
    void begin();
  }, [begin]);

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
  return { loaded, problem, later, earlier, retry: begin };
}
