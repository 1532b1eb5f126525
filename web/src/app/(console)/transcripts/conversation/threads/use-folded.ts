'use client';
import { useCallback, useState } from 'react';
import type { TurnsIndex } from '../timeline/turns-index';

const NONE: ReadonlySet<number> = new Set();

/** null where it is not among them. */
const without = (folded: ReadonlySet<number>, thread: number) =>
  folded.has(thread) ? new Set([...folded].filter((one) => one !== thread)) : null;

/** Sub-agents of which only the first turn is shown. */
export function useFolded(index: TurnsIndex | null) {
  const [folded, setFolded] = useState<ReadonlySet<number>>(NONE);
  const fold = useCallback(
    (thread: number) => setFolded((before) => without(before, thread) ?? new Set([...before, thread])),
    [],
  );
  /** Whoever wants to see a turn wants to see its thread. */
  const unfoldAt = useCallback(
    (eventId: string) => {
      const place = index?.placeOf(eventId);
      const thread = place === undefined ? undefined : index?.threadOf[place];
      if (thread === undefined || index?.threads[thread]?.first === place) return;
      setFolded((before) => without(before, thread) ?? before);
    },
    [index],
  );
  return { folded, fold, unfoldAt };
}
