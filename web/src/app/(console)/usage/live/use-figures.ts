'use client';
import type { TadaDocumentNode } from 'gql.tada';
import { useEffect, useRef } from 'react';
import type { AnyVariables } from 'urql';
import { isUnreached } from '@/graphql/problem';
import { type Loaded, useData } from '@/graphql/use-data';
import { useLive } from './live';

interface UseFiguresOptions {
  readonly pause?: boolean;
  /** Dear to work out: read again seldom. */
  readonly isSlow?: boolean;
}

/**
 * Figures that renew themselves in place. They count as stale only when something else was asked for: a renewal must
 * not dim what somebody is reading.
 */
export function useFigures<Result, Variables extends AnyVariables>(
  query: TadaDocumentNode<Result, Variables>,
  variables: Variables,
  { pause = false, isSlow = false }: UseFiguresOptions = {},
): Loaded<Result> {
  const live = useLive();
  const tick = isSlow ? live.slowTick : live.tick;
  const loaded = useData(query, variables, { pause });
  const { data, stale, isUnderWay, problem, refetch } = loaded;
  const asked = JSON.stringify(variables);
  /** What the data on screen is known to answer. */
  const answered = useRef<string | null>(null);
  if (data !== undefined && !stale && !pause) answered.current = asked;
  const readTick = useRef(tick);
  // An answer that takes longer than the pace of the ticks would otherwise never come: asking again throws it away.
  useEffect(() => {
    if (readTick.current === tick || isUnderWay) return;
    readTick.current = tick;
    if (!pause) refetch();
  }, [tick, pause, isUnderWay, refetch]);
  const { reportUnread } = live;
  const hasNoAnswer = problem !== null && isUnreached(problem);
  useEffect(() => {
    if (hasNoAnswer) reportUnread();
  }, [hasNoAnswer, reportUnread]);
  return { ...loaded, stale: stale && answered.current !== asked };
}
