'use client';
import { useMemo } from 'react';
import { useData } from '@/graphql/use-data';
import { type Notice, resolvedAll } from './notice';
import { NOTICES } from './queries';

const REFRESH_MS = 30_000;

interface Noticed {
  /** undefined until known. */
  readonly notices: readonly Notice[] | undefined;
  /** Known, or not to be had just now. */
  readonly isAnswered: boolean;
}

/** What the figures need somebody to do, of the whole project or of one provider. */
export function useNotices(provider?: string): Noticed {
  const { data, loading } = useData(NOTICES, {}, { everyMs: REFRESH_MS });
  const notices = useMemo(
    () =>
      data &&
      resolvedAll(
        data.notices.filter((notice) => provider === undefined || notice.provider === provider),
        new Date(),
      ),
    [data, provider],
  );
  return { notices, isAnswered: !loading };
}
