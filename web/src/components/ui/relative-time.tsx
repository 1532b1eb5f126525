'use client';
import { useSyncExternalStore } from 'react';
import { exactTime, relativeTime, UNKNOWN } from '@/format';

const TICK_MS = 10_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let nowMs = 0;

/** One timer for every time on the page. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  nowMs = Date.now();
  timer ??= setInterval(() => {
    nowMs = Date.now();
    for (const notify of listeners) notify();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** `3 min ago`, with the exact time and its zone in the title. */
export function RelativeTime({ at, className }: { at: string | null; className?: string }) {
  const now = useSyncExternalStore(
    subscribe,
    () => nowMs || Date.now(),
    () => 0,
  );
  if (at === null) return <span className={className}>{UNKNOWN}</span>;
  const exact = exactTime(at);
  return (
    <time dateTime={at} title={exact} className={className}>
      {now === 0 ? exact : relativeTime(at, new Date(Math.max(now, nowMs)))}
    </time>
  );
}
