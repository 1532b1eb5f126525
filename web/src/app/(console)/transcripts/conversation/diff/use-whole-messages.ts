'use client';
import { useState } from 'react';
import { useClient } from 'urql';
import { type Problem, problemOf } from '@/graphql/problem';
import { SAID_MESSAGE } from '../../queries';

/** Messages that are too large to come unasked. */
export function useWholeMessages(conversationId: string, ids: readonly string[]) {
  const client = useClient();
  const [texts, setTexts] = useState<readonly string[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isLoading, setLoading] = useState(false);
  const load = () => {
    setLoading(true);
    void Promise.all(
      ids.map((messageId) => client.query(SAID_MESSAGE, { id: conversationId, messageId }).toPromise()),
    ).then((answers) => {
      const failed = answers.find(({ error }) => error)?.error;
      setProblem(failed ? problemOf(failed) : null);
      if (!failed) setTexts(answers.map(({ data }) => data?.saidMessage?.json ?? ''));
      setLoading(false);
    });
  };
  return { texts, problem, isLoading, load };
}
