'use client';
import { useEffect, useState } from 'react';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** The hour up to the end of this minute, moving with the clock: whole minutes, so that one question serves a minute. */
export function lastHour(now: Date): { from: string; to: string } {
  const to = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
  return { from: new Date(to - HOUR_MS).toISOString(), to: new Date(to).toISOString() };
}

export function useLastHour() {
  const [range, setRange] = useState(() => lastHour(new Date()));
  useEffect(() => {
    const timer = setInterval(() => {
      setRange((current) => {
        const next = lastHour(new Date());
        return next.to === current.to ? current : next;
      });
    }, MINUTE_MS / 4);
    return () => clearInterval(timer);
  }, []);
  return range;
}
