import { type Month, monthOf } from '../month';

/** Calls still begin in it, so it cannot be closed yet. */
export function isRunning(month: Month, now: Date): boolean {
  return month >= monthOf(now);
}
