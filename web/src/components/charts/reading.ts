/** What stands under the crosshair: a bucket by its start, and one of its series or (null) all of them. */
export interface Reading {
  readonly bucket: string | null;
  readonly series: string | null;
}

export const NOTHING_READ: Reading = { bucket: null, series: null };
const PAGE = 7;

/**
 * Where a key leads: left and right by bucket, page up and down by seven, Home and End to the ends, up and down
 * through the stack, whose top is the total. Null = a key that reads nothing.
 * @param series keys of the stack, bottom first
 */
export function afterKey(
  reading: Reading,
  key: string,
  buckets: readonly string[],
  series: readonly string[],
): Reading | null {
  if (key === 'Escape') return NOTHING_READ;
  const last = buckets.length - 1;
  if (last < 0) return null;
  const at = indexOf(reading, buckets);
  const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: PAGE, PageDown: -PAGE }[key];
  const to =
    key === 'Home' ? 0 : key === 'End' ? last : by === undefined ? null : (at ?? (by < 0 ? last + 1 : -1)) + by;
  if (to !== null) return { ...reading, bucket: buckets[Math.min(Math.max(to, 0), last)] as string };
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return null;
  const stack = [...series, null];
  const from = stack.indexOf(reading.series);
  const level = (from === -1 ? series.length : from) + (key === 'ArrowUp' ? 1 : -1);
  return {
    bucket: buckets[at ?? last] as string,
    series: stack[Math.min(Math.max(level, 0), series.length)] ?? null,
  };
}

/** Where the bucket stands now. One that moved out of the range is read at its nearer end. */
export function indexOf({ bucket }: Reading, buckets: readonly string[]): number | null {
  if (bucket === null || buckets.length === 0) return null;
  const at = buckets.indexOf(bucket);
  if (at !== -1) return at;
  const later = buckets.findIndex((start) => start > bucket);
  return later === -1 ? buckets.length - 1 : later;
}
