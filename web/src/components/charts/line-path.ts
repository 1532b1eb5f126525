import type { Amount } from './series';

export interface Point {
  readonly x: number;
  readonly y: number;
}

const round = (px: number) => Math.round(px * 100) / 100;

/** Null where the value is unknown. */
export function pointsOf(
  values: readonly Amount[],
  xOf: (index: number) => number,
  yOf: (value: number) => number,
): readonly (Point | null)[] {
  return values.map((value, index) => (value === null ? null : { x: round(xOf(index)), y: round(yOf(Number(value))) }));
}

/** The line through what is known; it never bridges a gap. A point without neighbours stands `alone`. */
export function linePath(points: readonly (Point | null)[]): { path: string; alone: readonly Point[] } {
  const alone: Point[] = [];
  let path = '';
  for (const [index, point] of points.entries()) {
    if (!point) continue;
    const hasBefore = Boolean(points[index - 1]);
    if (!hasBefore && !points[index + 1]) alone.push(point);
    else path += `${hasBefore ? 'L' : 'M'}${point.x} ${point.y}`;
  }
  return { path, alone };
}
