import { shareOut, unitOf } from './random.js';

export const HOUR_MS = 3_600_000;

export interface SeedHour {
  /** UTC epoch ms. */
  readonly startMs: number;
  /** Number of its first event, from 0. */
  readonly first: number;
  readonly events: number;
  /** Which mix of routes is in force, from 0 to `ERAS` - 1. */
  readonly era: number;
}

/** The range is cut into this many stretches of a constant mix of models, so that models come and go. */
export const ERAS = 32;
/** Traffic at the end of the range as a multiple of that at its beginning. */
const GROWTH = 2.6;

/** `events` spread over the whole hours of `days` up to `untilMs`: growth, working days, hours, and some chance. */
export function hoursOf(plan: {
  readonly events: number;
  readonly days: number;
  readonly untilMs: number;
  readonly seed: number;
}): SeedHour[] {
  const end = Math.floor(plan.untilMs / HOUR_MS) * HOUR_MS;
  const count = plan.days * 24;
  const starts = Array.from({ length: count }, (_, index) => end - (count - index) * HOUR_MS);
  const weights = starts.map((startMs, index) => {
    const chance = 0.8 + 0.4 * unitOf(plan.seed, `hour ${startMs}`);
    return GROWTH ** (index / count) * business(startMs) * chance;
  });
  const shares = shareOut(plan.events, weights);
  let first = 0;
  return starts.map((startMs, index) => {
    const events = shares[index] as number;
    const hour = { startMs, first, events, era: Math.floor((index * ERAS) / count) };
    first += events;
    return hour;
  });
}

/** How busy an hour is: working days with a midday peak, and the nightly jobs at two. */
function business(startMs: number): number {
  const at = new Date(startMs);
  const isWeekend = at.getUTCDay() % 6 === 0;
  const hour = at.getUTCHours();
  const daytime = Math.max(0, Math.sin(((hour - 5) / 15) * Math.PI));
  return 0.12 + daytime * (isWeekend ? 0.28 : 1) + (hour === 2 ? 0.35 : 0);
}
