'use client';
import { useQueryStates } from 'nuqs';
import { useEffect, useState } from 'react';
import type { FilterChip } from '@/components/data-table/filter-chips';
import { useUsageState } from '../../usage/state/use-usage-state';
import { useChips } from '../../usage/toolbar/use-chips';
import { STATUS_LABELS, transcriptParsers } from '../search-params';
import { type Asked, conversationFilter, isNarrowed } from './filter';

/** What the address asks for: range and lists as in Cost & Usage, and what only conversations have. */
export function useTranscriptsState(openedAt: Date) {
  const [now, setNow] = useState(openedAt);
  const usage = useUsageState(now);
  const { untilNow, to } = usage.range;
  // A range that goes on with the clock ends with the hour: calls of the next one belong to it as well.
  useEffect(() => {
    if (!untilNow) return;
    const timer = setTimeout(() => setNow(new Date()), Math.max(0, to.getTime() - Date.now()));
    return () => clearTimeout(timer);
  }, [untilNow, to]);
  const [own, setOwn] = useQueryStates(transcriptParsers, { history: 'push' });
  /** Another filter starts at the first page again. */
  const set = (
    change: Partial<Omit<typeof own, 'status' | 'errors'>> & {
      status?: typeof own.status | null;
      errors?: string[] | null;
    },
  ) => void setOwn({ ...change, after: null, page: null });
  const { providers, models, apps, users, agents, environments, tags } = usage.params;
  const asked: Asked = {
    ...{ providers, models, apps, users, agents, environments, tags, range: usage.range },
    ...{ q: own.q, status: own.status, errors: own.errors, slower: own.slower, costlier: own.costlier },
  };
  const chips: FilterChip[] = [
    ...own.status.map((value) => ({
      name: 'Status',
      label: STATUS_LABELS[value],
      onRemove: () => set({ status: own.status.filter((other) => other !== value) }),
    })),
    ...own.errors.map((value) => ({
      name: 'Error',
      label: value,
      onRemove: () => set({ errors: own.errors.filter((other) => other !== value) }),
    })),
    ...(own.slower === null
      ? []
      : [{ name: 'Slower than', label: `${own.slower} s`, onRemove: () => set({ slower: null }) }]),
    ...(own.costlier === null
      ? []
      : [{ name: 'Costlier than', label: `$${own.costlier}`, onRemove: () => set({ costlier: null }) }]),
    ...useChips(usage),
  ];
  const clear = () => {
    usage.clearFilters();
    set({ q: '', status: null, errors: null, slower: null, costlier: null });
  };
  return { usage, own, set, chips, clear, filter: conversationFilter(asked), isNarrowed: isNarrowed(asked) };
}

export type TranscriptsState = ReturnType<typeof useTranscriptsState>;
