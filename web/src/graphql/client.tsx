'use client';
import { Client, cacheExchange, fetchExchange, mapExchange } from '@urql/core';
import { type ReactNode, useState } from 'react';
import { Provider } from 'urql';
import { fetchInTime } from './answering';
import { leaveForSignIn } from './leaving';
import { isSignedOut, problemOf } from './problem';

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
