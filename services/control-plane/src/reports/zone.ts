import { offsetAt } from '@weir/clickhouse';

/** The time its clocks show at an instant, as if that were UTC epoch ms. @throws WeirError `TIME_ZONE_UNKNOWN` */
export const wallClockMs = (instantMs: number, timeZone: string): number => instantMs + offsetAt(instantMs, timeZone);

/** `2026-11-01T00:00:00+01:00` */
export function withOffset(instantMs: number, timeZone: string): string {
  const minutes = Math.round(offsetAt(instantMs, timeZone) / 60_000);
  const sign = minutes < 0 ? '-' : '+';
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const size = Math.abs(minutes);
  const wall = new Date(wallClockMs(instantMs, timeZone));
  return `${wall.toISOString().slice(0, 19)}${sign}${two(size / 60)}:${two(size % 60)}`;
}
