const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface Range {
  readonly from: string;
  readonly to: string;
}

/** The ranges Home sums over, in UTC. They end with the running minute, so the same minute asks the same question. */
export function rangesAt(nowMs: number): { today: Range; month: Range; lastHour: Range; days: Range } {
  const end = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
  const now = new Date(nowMs);
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  const firstOfMonth = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
  const range = (fromMs: number): Range => ({ from: new Date(fromMs).toISOString(), to: new Date(end).toISOString() });
  return {
    today: range(midnight),
    month: range(firstOfMonth),
    lastHour: range(end - HOUR_MS),
    // Whole days, so that the question stays the same until midnight.
    days: { from: new Date(midnight - 7 * DAY_MS).toISOString(), to: new Date(midnight + DAY_MS).toISOString() },
  };
}
