'use client';
import { useMemo } from 'react';
import { useData } from '@/graphql/use-data';
import { type Notice, resolvedAll } from './notice';
import { NOTICES } from './queries';

const REFRESH_MS = 30_000;

/** What the figures need somebody to do, of the whole project or of one provider; undefined until known. */
export function useNotices(provider?: string): readonly Notice[] | undefined {
  const { data } = useData(NOTICES, {}, { everyMs: REFRESH_MS });
  return useMemo(
    () =>
      data &&
      resolvedAll(
        data.notices.filter((notice) => provider === undefined || notice.provider === provider),
        new Date(),
      ),
    [data, provider],
  );
}
