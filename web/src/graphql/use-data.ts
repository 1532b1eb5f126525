'use client';
import type { TadaDocumentNode } from 'gql.tada';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { type AnyVariables, createRequest, useQuery } from 'urql';
import { useWhenAnswering } from './answering';
import { type Problem, problemOf } from './problem';
import { type Answer, readingOf } from './reading';

export interface Loaded<Result> {
  /** The last good answer; stays while a newer one loads, or fails to come for what is asked. */
  readonly data: Result | undefined;
  /** When the data on screen was read; null before. */
  readonly readAt: Date | null;
  /** Nothing to show yet. */
  readonly loading: boolean;
  /** `data` is on screen and a newer answer is on its way. */
  readonly stale: boolean;
  /** An answer is on its way: to ask again now would throw it away. */
  readonly isUnderWay: boolean;
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

/** When an answer came. The cache hands out the same object again. */
const cameAt = new WeakMap<object, Date>();

function readAtOf(data: unknown): Date | null {
  if (typeof data !== 'object' || data === null) return null;
  const known = cameAt.get(data);
  if (known) return known;
  const now = new Date();
  cameAt.set(data, now);
  return now;
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
  const request = createRequest<Result, AnyVariables>(query as TadaDocumentNode<Result, AnyVariables>, variables);
  const [state, execute] = useQuery<Result, AnyVariables>({
    query: request.query,
    variables: request.variables,
    pause,
    context,
  });
  const last = useRef<Answer<Result> | null>(null);
  const { answer, data, stale, isUnderWay, error } = readingOf(state, request.key, pause, last.current);
  last.current = answer;

  const refetch = useCallback(() => execute({ requestPolicy: 'network-only' }), [execute]);
  const isAwaited = useRef(isUnderWay);
  isAwaited.current = isUnderWay;
  useEffect(() => {
    if (everyMs === undefined || pause) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible' && !isAwaited.current) refetch();
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, pause, refetch]);

  useWhenAnswering(() => {
    if (!pause && (everyMs !== undefined || isUnderWay || error)) refetch();
  });

  return {
    data,
    readAt: readAtOf(data),
    loading: data === undefined && !error && !pause,
    stale,
    isUnderWay,
    problem: error ? problemOf(error) : null,
    refetch,
  };
}
