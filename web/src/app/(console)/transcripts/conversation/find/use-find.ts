'use client';
import { parseAsString, useQueryState } from 'nuqs';
import { useEffect, useState } from 'react';
import { useData } from '@/graphql/use-data';
import { TURNS_WITH_WORDS } from '../../queries';
import { wordsOf } from './words';

const TYPING_MS = 300;

/** Turns with the words that are looked for, and where among them the page stands; the words are in the address. */
export function useFind(conversationId: string, jumpTo: (eventId: string) => void, mayRead: boolean) {
  const [asked, setAsked] = useQueryState('q', parseAsString.withDefault('').withOptions({ history: 'replace' }));
  const [typed, setTyped] = useState(asked);
  const [at, setAt] = useState<number | null>(null);
  useEffect(() => {
    if (typed === asked) return;
    const timer = setTimeout(() => void setAsked(typed === '' ? null : typed), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, asked, setAsked]);
  const words = mayRead ? wordsOf(asked) : [];
  const { data, problem, stale } = useData(
    TURNS_WITH_WORDS,
    { id: conversationId, search: asked },
    { pause: words.length === 0 },
  );
  const hits = words.length === 0 ? [] : stale || typed !== asked || !data ? null : (data.turnsWithWords ?? []);
  return {
    ...{ typed, words, problem, hits, at },
    type: (text: string) => {
      setTyped(text);
      setAt(null);
    },
    step: (by: 1 | -1) => {
      if (!hits?.length) return;
      const next = at === null ? (by === 1 ? 0 : hits.length - 1) : (at + by + hits.length) % hits.length;
      setAt(next);
      jumpTo(hits[next] as string);
    },
  };
}

export type Find = ReturnType<typeof useFind>;
