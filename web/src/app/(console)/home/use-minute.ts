'use client';
import { useEffect, useState } from 'react';

const MINUTE_MS = 60_000;

/** The time in ms, renewed at each full minute. */
export function useMinute(): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setTimeout(() => setNowMs(Date.now()), MINUTE_MS - (Date.now() % MINUTE_MS) + 50);
    return () => clearTimeout(timer);
  }, [nowMs]);
  return nowMs;
}
