'use client';
import { Client, cacheExchange, fetchExchange, mapExchange } from '@urql/core';
import { type ReactNode, useState } from 'react';
import { Provider } from 'urql';
import { isSignedOut, problemOf } from './problem';

const ENTRANCES = ['/signin', '/setup', '/invite'];

/** A session that ended while a page was open: the way back leads to where the person was. */
function leaveForSignIn(): void {
  const { pathname, search } = window.location;
  if (ENTRANCES.includes(pathname)) return;
  window.location.assign(`/signin?next=${encodeURIComponent(pathname + search)}`);
}

function makeClient(): Client {
  return new Client({
    url: '/graphql',
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
