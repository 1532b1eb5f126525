/** Middle value; the mean of the two middle ones. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length % 2 === 1) return sorted[Math.floor(middle)] as number;
  return sorted.length === 0 ? Number.NaN : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** Of normally distributed values this times the median distance to the median is the standard deviation. */
const MAD_TO_SIGMA = 1.4826;

/** Spread that one wild value in three does not move: the median distance to `centre`, scaled like a standard deviation. */
export function spreadAround(values: readonly number[], centre: number): number {
  return MAD_TO_SIGMA * median(values.map((value) => Math.abs(value - centre)));
}

/** Median of the slopes between all pairs (Theil-Sen), by `x`. 0 of fewer than two points. */
export function slopeOf(points: readonly { readonly x: number; readonly y: number }[]): number {
  const slopes = points.flatMap((a, index) => points.slice(index + 1).map((b) => (b.y - a.y) / (b.x - a.x)));
  return slopes.length === 0 ? 0 : median(slopes);
}
