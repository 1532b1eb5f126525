const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
/** A story that begins at noon is over by then. */
const NOON_IS_OVER_MS = 20 * MINUTE_MS;

/** Shortly after the last noon, by the clock of this machine. */
export function lastNoon(untilMs: number): number {
  const noon = new Date(untilMs).setHours(12, 3, 0, 0);
  return noon + NOON_IS_OVER_MS < untilMs ? noon : new Date(noon).setDate(new Date(noon).getDate() - 1);
}

/** Two in the morning, that many nights ago. */
export function nightAt(untilMs: number, nightsAgo: number): number {
  const night = new Date(untilMs).setHours(2, 0, 40, 0);
  return new Date(night).setDate(new Date(night).getDate() - nightsAgo);
}
