'use client';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useData } from '@/graphql/use-data';
import { REVISION } from './queries';

/** With at most 0.8 s until a busy proxy tells of a call, and the time to store it, a call is on screen within 3 s. */
const ASK_EVERY_MS = 1_500;
/** What is dear to work out is read again this seldom, however fast calls come in. */
const SLOWLY_MS = 30_000;

interface Live {
  /** Goes up when the figures on screen may have changed. */
  readonly tick: number;
  /** The same, for what is dear to work out. */
  readonly slowTick: number;
  /** The present, as far as the figures need it: of the last tick. */
  readonly now: Date;
  readonly isPaused: boolean;
  setPaused(isPaused: boolean): void;
  /** false = the range has ended: nothing new comes into it, and nothing is asked. */
  setRunning(isRunning: boolean): void;
  /** Reads everything again. */
  refresh(): void;
  /** Some figures could not be read: they are, once the control plane answers again. */
  reportUnread(): void;
}

const Context = createContext<Live | null>(null);

export function useLive(): Live {
  const live = useContext(Context);
  if (!live) throw new Error('useLive needs <LiveFigures>');
  return live;
}

/**
 * Asks again and again whether figures may have changed, while somebody can see them, and has them read again then.
 * The hour that ends moves the range on also when nothing was called.
 */
export function LiveFigures({ openedAt, children }: { openedAt: Date; children: ReactNode }) {
  const [isPaused, setPaused] = useState(false);
  const [isRunning, setRunning] = useState(true);
  const [state, setState] = useState({ tick: 0, slowTick: 0, now: openedAt, readSlowlyAtMs: openedAt.getTime() });
  const bump = useCallback((isAsked: boolean) => {
    setState(({ tick, slowTick, readSlowlyAtMs }) => {
      const now = new Date();
      const isSlow = isAsked || now.getTime() - readSlowlyAtMs >= SLOWLY_MS;
      return {
        tick: tick + 1,
        slowTick: isSlow ? slowTick + 1 : slowTick,
        now,
        readSlowlyAtMs: isSlow ? now.getTime() : readSlowlyAtMs,
      };
    });
  }, []);
  const isUnread = useRef(false);
  const reportUnread = useCallback(() => {
    isUnread.current = true;
  }, []);
  const live = useMemo(
    () => ({ ...state, isPaused, setPaused, setRunning, refresh: () => bump(true), reportUnread }),
    [state, isPaused, bump, reportUnread],
  );
  const readUnread = useCallback(() => {
    if (!isUnread.current) return;
    isUnread.current = false;
    bump(true);
  }, [bump]);
  return (
    <Context value={live}>
      <Revision isPaused={isPaused || !isRunning} now={state.now} onChange={bump} onAnswer={readUnread} />
      {children}
    </Context>
  );
}

interface RevisionProps {
  isPaused: boolean;
  now: Date;
  onChange: (isAsked: boolean) => void;
  /** The control plane answers. */
  onAnswer: () => void;
}

const HOUR_MS = 3_600_000;
/** In some zones hours begin at a quarter of ours. */
const hourOf = (date: Date) => Math.floor(date.getTime() / (HOUR_MS / 4));

/** Apart from what it renews, so that asking draws nothing. */
function Revision({ isPaused, now, onChange, onAnswer }: RevisionProps) {
  const { data, refetch } = useData(REVISION, {}, { everyMs: ASK_EVERY_MS, pause: isPaused });
  const revision = data?.usageRevision;
  // Every answer is an object of its own.
  useEffect(() => {
    if (data) onAnswer();
  }, [data, onAnswer]);
  const [known, setKnown] = useState<string | undefined>(undefined);
  useEffect(() => {
    if (revision === undefined || revision === known) return;
    setKnown(revision);
    if (known !== undefined) onChange(false);
  }, [revision, known, onChange]);
  useEffect(() => {
    if (isPaused) return;
    const look = () => {
      if (document.visibilityState !== 'visible') return;
      refetch();
      if (hourOf(new Date()) !== hourOf(now)) onChange(true);
    };
    document.addEventListener('visibilitychange', look);
    const timer = setInterval(() => hourOf(new Date()) !== hourOf(now) && look(), ASK_EVERY_MS);
    return () => {
      document.removeEventListener('visibilitychange', look);
      clearInterval(timer);
    };
  }, [isPaused, now, onChange, refetch]);
  return null;
}
