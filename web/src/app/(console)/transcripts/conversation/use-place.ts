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
    (eventId: string) => {
      const hash = `#turn-${eventId}`;
      if (window.location.hash !== hash) window.history.pushState(window.history.state, '', hash);
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
