import type { CombinedError } from '@urql/core';

/** What urql's hook holds. */
export interface QueryState<Result> {
  readonly data?: Result | null | undefined;
  readonly error?: CombinedError | undefined;
  readonly fetching: boolean;
  readonly stale: boolean;
  /** What `data` and `error` answer; not always what is asked now. */
  readonly operation?: { readonly key: number } | undefined;
}

/** An answer, and the key of what it answers. */
export interface Answer<Result> {
  readonly key: number;
  readonly data: Result;
}

export interface Reading<Result> {
  /** The last good answer. */
  readonly answer: Answer<Result> | null;
  /** Undefined also where what is asked has failed and the last answer is to something else. */
  readonly data: Result | undefined;
  readonly stale: boolean;
  /** An answer to what is asked is on its way. */
  readonly isUnderWay: boolean;
  readonly error: CombinedError | undefined;
}

/**
 * What the state of a query means for what is asked now. The hook can be told late of a question that it has left: while
 * it draws, another part of the page that asks the same has the cache announce that a newer answer is on its way, and
 * that one never comes to a query that is paused by then. So nobody waits who asks nothing, and an answer counts for
 * what it answers only.
 */
export function readingOf<Result>(
  state: QueryState<Result>,
  askedKey: number,
  isPaused: boolean,
  last: Answer<Result> | null,
): Reading<Result> {
  const key = state.operation?.key;
  const answer =
    state.data !== undefined && state.data !== null && key !== undefined ? { key, data: state.data } : last;
  const isOfAnother = answer !== null && answer.key !== askedKey;
  const hasFailed = state.error !== undefined && key === askedKey;
  const error = hasFailed && !state.fetching ? state.error : undefined;
  const data = isOfAnother && hasFailed && !isPaused ? undefined : answer?.data;
  const isUnderWay = !isPaused && !error && (isOfAnother || state.stale || state.fetching);
  return { answer, data, error, isUnderWay, stale: isUnderWay && data !== undefined };
}
