'use client';
import { Client, cacheExchange, fetchExchange, mapExchange } from '@urql/core';
import { type ReactNode, useState } from 'react';
import { Provider } from 'urql';
import { isSignedOut, problemOf } from './problem';

const ENTRANCES = ['/signin', '/setup', '/invite'];

const LEFT_AT = 'weir.left-for-sign-in';
const ONCE_IN_MS = 10_000;

/** A session that ended while a page was open: the way back leads to where the person was. */
function leaveForSignIn(): void {
  const { pathname, search } = window.location;
  if (ENTRANCES.includes(pathname)) return;
  // The sign-in page sends people back who are signed in; should the two ever disagree, the page must not spin.
  const leftAt = Number(sessionStorage.getItem(LEFT_AT));
  if (Date.now() - leftAt < ONCE_IN_MS) return;
  sessionStorage.setItem(LEFT_AT, String(Date.now()));
  window.location.assign(`/signin?next=${encodeURIComponent(pathname + search)}`);
}

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
