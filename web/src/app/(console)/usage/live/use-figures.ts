'use client';
import type { TadaDocumentNode } from 'gql.tada';
import { useEffect, useRef } from 'react';
import type { AnyVariables } from 'urql';
import { type Loaded, useData } from '@/graphql/use-data';
import { useLive } from './live';

interface Figures<Result> extends Loaded<Result> {
  /** When the data on screen was read; null before. */
  readonly readAt: Date | null;
}

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
): Figures<Result> {
  const live = useLive();
  const tick = isSlow ? live.slowTick : live.tick;
  const loaded = useData(query, variables, { pause });
  const { data, stale, refetch } = loaded;
  const asked = JSON.stringify(variables);
  const shown = useRef<{ asked: string; data: Result | undefined; readAt: Date | null } | null>(null);
  if (data !== undefined && !stale && (shown.current?.data !== data || shown.current.asked !== asked)) {
    shown.current = { asked, data, readAt: new Date() };
  }
  const readTick = useRef(tick);
  useEffect(() => {
    if (readTick.current === tick) return;
    readTick.current = tick;
    if (!pause) refetch();
  }, [tick, pause, refetch]);
  return {
    ...loaded,
    stale: stale && shown.current?.asked !== asked,
    readAt: shown.current?.readAt ?? null,
  };
}
