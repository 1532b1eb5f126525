'use client';
import { Client, cacheExchange, fetchExchange, mapExchange } from '@urql/core';
import { type ReactNode, useState } from 'react';
import { Provider } from 'urql';
import { leaveForSignIn } from './leaving';
import { isSignedOut, problemOf } from './problem';

/** Far beyond the time limits of the control plane: an answer that takes longer was lost on its way. */
const LOST_AFTER_MS = 120_000;

function fetchInTime(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const inTime = AbortSignal.timeout(LOST_AFTER_MS);
  return fetch(input, { ...init, signal: init.signal ? AbortSignal.any([init.signal, inTime]) : inTime });
}

function makeClient(): Client {
  return new Client({
    url: '/graphql',
    fetch: fetchInTime,
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    fetchOptions: { credentials: 'same-origin', headers: { 'x-requested-by': 'weir-console' } },
    exchanges: [
      mapExchange({
        onError(error) {
          if (isSignedOut(problemOf(error))) leaveForSignIn();
        },
      }),
      cacheExchange,
      fetchExchange,
    ],
  });
}

export function GraphQLProvider({ children }: { children: ReactNode }) {
  const [client] = useState(makeClient);
  return <Provider value={client}>{children}</Provider>;
}
