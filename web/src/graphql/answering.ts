'use client';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { Reach } from './reach';

/** Far beyond the time limits of the control plane: an answer that takes longer was lost on its way. */
const LOST_AFTER_MS = 120_000;
const LOOK_EVERY_MS = 1_000;
/** So long an easy question may take. */
const PATIENCE_MS = 4_000;

const reach = new Reach(Date.now());

/** What stands between the browser and the control plane answers for it with these. */
const isAnswer = ({ status }: Response) => status < 502 || status > 504;

/** `fetch` for questions to the control plane, which takes note of whether it answers. */
export async function fetchInTime(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const inTime = AbortSignal.timeout(LOST_AFTER_MS);
  const { told, left } = reach.asked(Date.now());
  try {
    const answer = await fetch(input, {
      ...init,
      signal: init.signal ? AbortSignal.any([init.signal, inTime]) : inTime,
    });
    told(isAnswer(answer), Date.now());
    return answer;
  } catch (error) {
    if (init.signal?.aborted) left();
    else told(false, Date.now());
    throw error;
  }
}

async function isAnsweredNow(): Promise<boolean> {
  try {
    const answer = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-requested-by': 'weir-console' },
      body: '{"query":"{ __typename }"}',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return isAnswer(answer);
  } catch {
    // Whatever kept it from answering is what is asked about.
    return false;
  }
}

/** Since when there are no answers, UTC epoch ms, null = there are; asks by itself until there are again. */
export function useSilentSince(): number | null {
  useEffect(() => {
    let isTrying = false;
    const timer = setInterval(async () => {
      if (isTrying || document.visibilityState !== 'visible' || !reach.isInDoubt(Date.now())) return;
      isTrying = true;
      const hasAnswered = await isAnsweredNow();
      isTrying = false;
      reach.tried(hasAnswered, Date.now());
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return useSyncExternalStore(reach.subscribe, reach.silentSince, () => null);
}

/** Runs when there are answers again after there were none. */
export function useWhenAnswering(run: () => void): void {
  const current = useRef(run);
  current.current = run;
  useEffect(() => {
    let wasSilent = reach.silentSince() !== null;
    return reach.subscribe(() => {
      const isSilent = reach.silentSince() !== null;
      if (wasSilent && !isSilent) current.current();
      wasSilent = isSilent;
    });
  }, []);
}
