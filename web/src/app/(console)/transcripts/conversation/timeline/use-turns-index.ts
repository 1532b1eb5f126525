'use client';
import { useEffect, useMemo, useRef } from 'react';
import { useData } from '@/graphql/use-data';
import { CONVERSATION_TIMELINE } from '../../queries';
import { type TurnsIndex, turnsIndex } from './turns-index';

/** @param lastTurnAt when it changes, there are more turns */
export function useTurnsIndex(id: string, lastTurnAt: string): TurnsIndex | null {
  const { data, refetch } = useData(CONVERSATION_TIMELINE, { id });
  const seen = useRef(lastTurnAt);
  useEffect(() => {
    if (seen.current === lastTurnAt) return;
    seen.current = lastTurnAt;
    refetch();
  }, [lastTurnAt, refetch]);
  const columns = data?.conversationTimeline;
  return useMemo(() => (columns ? turnsIndex(columns) : null), [columns]);
}
