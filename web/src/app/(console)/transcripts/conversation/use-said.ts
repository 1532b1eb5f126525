'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { useWhenAnswering } from '@/graphql/answering';
import type { ResultOf } from '@/graphql/graphql';
import { type Problem, problemOf } from '@/graphql/problem';
import { TURNS_SAID } from '../queries';
import { partsOf, type SaidPart } from './parts';

type Answer = NonNullable<ResultOf<typeof TURNS_SAID>['turnsSaid']>;

export interface SaidMessage {
  readonly id: string;
  readonly role: string;
  readonly bytes: number;
  /** null = too large to have come along. */
  readonly parts: readonly SaidPart[] | null;
  readonly finishReason: string | null;
}

export interface Said {
  /** Instructions, and definitions of tools. */
  readonly given: readonly SaidMessage[];
  readonly inputs: readonly SaidMessage[];
  readonly inputLeftOut: number;
  readonly outputs: readonly SaidMessage[];
  readonly upstreamErrorMessage: string | null;
}

const AT_ONCE = 25;

/** What was said in the turns in sight, asked for in batches and kept while the page is open. */
export function useSaid(id: string, wanted: readonly string[], mayRead: boolean) {
  const client = useClient();
  const known = useRef(new Map<string, Said>());
  const asked = useRef(new Set<string>());
  const [, setRound] = useState(0);
  const [attempt, setAttempt] = useState(0);
  const [problem, setProblem] = useState<Problem | null>(null);
  const missing = mayRead ? wanted.filter((eventId) => !asked.current.has(eventId)).slice(0, AT_ONCE) : [];
  const missingKey = missing.join(' ');

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks for the same once more.
  useEffect(() => {
    if (missingKey === '') return;
    const eventIds = missingKey.split(' ');
    for (const eventId of eventIds) asked.current.add(eventId);
    void client
      .query(TURNS_SAID, { id, eventIds }, { requestPolicy: 'network-only' })
      .toPromise()
      .then(({ data, error }) => {
        if (error) for (const eventId of eventIds) asked.current.delete(eventId);
        else keep(known.current, data?.turnsSaid ?? { turns: [], messages: [] });
        setProblem(error ? problemOf(error) : null);
        if (!error) setRound((round) => round + 1);
      });
  }, [client, id, missingKey, attempt]);

  const retry = useCallback(() => {
    setProblem(null);
    setAttempt((count) => count + 1);
  }, []);
  useWhenAnswering(retry);
  return { saidOf: (eventId: string) => known.current.get(eventId), problem, retry };
}

function keep(known: Map<string, Said>, { turns, messages }: Answer): void {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const read = (messageId: string, finishReason: string | null): SaidMessage => {
    const found = byId.get(messageId);
    return {
      ...{ id: messageId, role: found?.role ?? 'unknown', bytes: found?.bytes ?? 0, finishReason },
      parts: found?.json == null ? null : partsOf(found.json),
    };
  };
  for (const turn of turns) {
    known.set(turn.eventId, {
      given: [turn.systemId, turn.toolsId].flatMap((messageId) => (messageId === null ? [] : [read(messageId, null)])),
      inputLeftOut: turn.inputLeftOut,
      inputs: turn.inputIds.map((messageId) => read(messageId, null)),
      outputs: turn.outputs.map((output) => read(output.id, output.finishReason)),
      upstreamErrorMessage: turn.upstreamErrorMessage,
    });
  }
}
