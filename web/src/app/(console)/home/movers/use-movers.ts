'use client';
import { useMemo } from 'react';
import type { ResultOf } from '@/graphql/graphql';
import { type Loaded, useData } from '@/graphql/use-data';
import { MOVERS } from './queries';
import { weeksAt } from './week';

const REFRESH_MS = 60_000;
const DAY_MS = 86_400_000;

export interface Moved {
  readonly weeks: ReturnType<typeof weeksAt>;
  readonly loaded: Loaded<ResultOf<typeof MOVERS>>;
}

/** What changed between the last two whole weeks. */
export function useMovers(nowMs: number): Moved {
  const today = Math.floor(nowMs / DAY_MS);
  const weeks = useMemo(() => weeksAt(today * DAY_MS), [today]);
  return { weeks, loaded: useData(MOVERS, weeks, { everyMs: REFRESH_MS }) };
}
