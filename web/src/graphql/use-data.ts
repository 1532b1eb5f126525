'use client';
import type { TadaDocumentNode } from 'gql.tada';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { type AnyVariables, useQuery } from 'urql';
import { type Problem, problemOf } from './problem';

export interface Loaded<Result> {
  /** The last good answer; stays while a newer one loads or fails. */
  readonly data: Result | undefined;
  /** Nothing to show yet. */
  readonly loading: boolean;
  /** `data` is on screen and a newer answer is on its way. */
  readonly stale: boolean;
  readonly problem: Problem | null;
  readonly refetch: () => void;
}

export interface UseDataOptions {
  readonly pause?: boolean;
  /** Asks again at this pace while the page is visible. */
  readonly everyMs?: number;
  /** Types of lists that may be empty, as `useAction` names them: nothing in an empty answer says what it is a list of. */
  readonly lists?: readonly string[];
}

/**
 * A query for a screen. Data on screen stays there, marked stale, while other variables load; the cache answers first
 * and the control plane confirms.
 */
export function useData<Result, Variables extends AnyVariables>(
  query: TadaDocumentNode<Result, Variables>,
  variables: Variables,
  options: UseDataOptions = {},
): Loaded<Result> {
  const { pause = false, everyMs, lists } = options;
  const types = lists?.join(' ');
  const context = useMemo(() => (types ? { additionalTypenames: types.split(' ') } : {}), [types]);
  const [state, execute] = useQuery<Result, AnyVariables>({
    query: query as TadaDocumentNode<Result, AnyVariables>,
    variables,
    pause,
    context,
  });
  const last = useRef<Result | undefined>(undefined);
  if (state.data !== undefined && state.data !== null) last.current = state.data;

  const refetch = useCallback(() => execute({ requestPolicy: 'network-only' }), [execute]);
  useEffect(() => {
    if (everyMs === undefined || pause) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') refetch();
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, pause, refetch]);

  const data = state.data ?? last.current;
  return {
    data,
    loading: data === undefined && !state.error && !pause,
    stale: data !== undefined && (state.stale || state.fetching),
    problem: state.error && !state.fetching ? problemOf(state.error) : null,
    refetch,
  };
}
