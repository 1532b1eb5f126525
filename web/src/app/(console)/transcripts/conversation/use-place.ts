'use client';
import { useCallback, useEffect, useState } from 'react';

export interface Place {
  /** The turn that `#turn-…` names; null = none. */
  readonly target: string | null;
  /** Grows with each jump, also with one to where the page stands already. */
  readonly jumps: number;
}

/** Which turn the address names, and the way to another one. */
export function usePlace() {
  const [place, setPlace] = useState<Place>({ target: null, jumps: 0 });
  const go = useCallback((target: string | null) => setPlace(({ jumps }) => ({ target, jumps: jumps + 1 })), []);
  useEffect(() => {
    const read = () => go(/^#turn-([0-9a-f-]{36})$/.exec(window.location.hash)?.[1] ?? null);
    read();
    window.addEventListener('hashchange', read);
    window.addEventListener('popstate', read);
    return () => {
      window.removeEventListener('hashchange', read);
      window.removeEventListener('popstate', read);
    };
  }, [go]);
  const jumpTo = useCallback(
    /** @param without parameters that go from the address with the same step: two steps at once lose one of them */
    (eventId: string, without: readonly string[] = []) => {
      const { location, history } = window;
      const address = new URL(location.href);
      for (const name of without) address.searchParams.delete(name);
      address.hash = `turn-${eventId}`;
      // Next takes a step without its own state for one that it has to follow, and one with it for its own.
      const state = without.length === 0 ? history.state : null;
      if (location.href !== address.href) history.pushState(state, '', address);
      go(eventId);
    },
    [go],
  );
  const leave = useCallback(() => {
    if (window.location.hash !== '') {
      window.history.pushState(window.history.state, '', window.location.pathname + window.location.search);
    }
    go(null);
  }, [go]);
  return { ...place, jumpTo, leave };
}
