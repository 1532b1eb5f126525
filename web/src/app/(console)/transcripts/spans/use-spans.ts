'use client';
import { useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { useWhenAnswering } from '@/graphql/answering';
import { type Problem, problemOf } from '@/graphql/problem';
import { CONVERSATION_SPANS } from './queries';
import { type Gap, type GapSpans, intoGaps } from './span';

/** What it may cost bounds a page: each span has lists of its own. */
const AT_ONCE = 200;
const REFRESH_MS = 10_000;

/**
 * Spans between the turns in sight, asked for over all gaps at once and kept while the page is open. The gap behind the last turn
 * is open, and asked for again from time to time.
 */
export function useSpans(id: string, gaps: readonly Gap[]) {
  const client = useClient();
  const known = useRef(new Map<string, GapSpans>());
  const asked = useRef(new Set<string>());
  const failed = useRef(new Set<string>());
  const [round, setRound] = useState(0);
  const [problem, setProblem] = useState<Problem | null>(null);
  const missing = gaps.filter(({ key }) => !asked.current.has(key));
  const missingKey = missing.map(({ key }) => key).join('\n');
  const openKey = gaps.find(({ to }) => to === null)?.key;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the keys stand for the gaps, and another round asks for what is missing then.
  useEffect(() => {
    const [first, last] = [missing[0], missing.at(-1)];
    if (first === undefined || last === undefined) return;
    for (const { key } of missing) asked.current.add(key);
    void client
      .query(CONVERSATION_SPANS, { id, from: first.from, to: last.to, first: AT_ONCE, after: null }, NETWORK)
      .toPromise()
      .then(({ data, error }) => {
        const found = data ? intoGaps(missing, data.conversationSpans) : new Map<string, GapSpans>();
        for (const [key, spans] of found) known.current.set(key, spans);
        // A problem is not asked about over and over: what failed is asked for again after something was answered.
        if (error) for (const { key } of missing) failed.current.add(key);
        else {
          for (const { key } of missing) if (!found.has(key)) asked.current.delete(key);
          forget(asked.current, failed.current);
        }
        setProblem(error ? problemOf(error) : null);
        setRound((n) => n + 1);
      });
  }, [client, id, missingKey, round]);

  useEffect(() => {
    if (openKey === undefined) return;
    const timer = setInterval(() => {
      if (document.visibilityState !== 'visible') return;
      asked.current.delete(openKey);
      setRound((n) => n + 1);
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [openKey]);

  useWhenAnswering(() => {
    forget(asked.current, failed.current);
    setRound((n) => n + 1);
  });

  return { spansIn: (gap: Gap | null) => (gap === null ? undefined : known.current.get(gap.key)), problem };
}

/** As if they had not been asked for. */
function forget(asked: Set<string>, failed: Set<string>): void {
  for (const key of failed) asked.delete(key);
  failed.clear();
}

const NETWORK = { requestPolicy: 'network-only' } as const;
