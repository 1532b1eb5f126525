import type { TurnsIndex } from './turns-index';

/** The conversation's own lane and those of agents that work at the same time; more share the last. */
const MAX_LANES = 6;

/** Thread -> lane: what overlaps in time stands in lanes of its own, as far as there are any. */
export function lanesOf({ threads, threadOf, startsMs, durationsMs }: TurnsIndex): number[] {
  const ends = threads.map(() => 0);
  for (const [place, thread] of threadOf.entries()) {
    const end = (startsMs[place] ?? 0) + (durationsMs[place] ?? 0);
    ends[thread] = Math.max(ends[thread] ?? 0, end);
  }
  const busyUntil: number[] = [];
  return threads.map(({ number, first }) => {
    if (number === 0) return 0;
    const free = busyUntil.findIndex((until) => until <= (startsMs[first] ?? 0));
    const lane = free >= 0 ? free : Math.min(busyUntil.length, MAX_LANES - 2);
    busyUntil[lane] = Math.max(busyUntil[lane] ?? 0, ends[number] ?? 0);
    return lane + 1;
  });
}
