import { compareDecimals, sumDecimals } from '../../../../../decimal';

export interface Line {
  readonly key: string;
  /** Adds up the keys that are not named. */
  readonly other: boolean;
  readonly events: number;
  readonly before: string;
  readonly after: string;
  readonly difference: string;
}

const sizeOf = (amount: string) => amount.replace(/^-/, '');

/** The largest change first, up or down; what did not change comes last, the dearer first. The rest is the last line. */
export function bySize<L extends Line>(lines: readonly L[]): L[] {
  return lines.toSorted(
    (a, b) =>
      Number(a.other) - Number(b.other) ||
      compareDecimals(sizeOf(b.difference), sizeOf(a.difference)) ||
      compareDecimals(b.after, a.after) ||
      a.key.localeCompare(b.key, 'en', { numeric: true }),
  );
}

/** The exact sums of a table's columns. */
export function totalOf(lines: readonly Line[]): Pick<Line, 'before' | 'after' | 'difference'> {
  return {
    before: sumDecimals(lines.map(({ before }) => before)),
    after: sumDecimals(lines.map(({ after }) => after)),
    difference: sumDecimals(lines.map(({ difference }) => difference)),
  };
}

/** Share of the largest change, 0 to 1, for a bar beside the figure; only ever drawn, never read. */
export function shareOf(difference: string, largest: string): number {
  const [part, whole] = [Math.abs(Number(difference)), Math.abs(Number(largest))];
  return whole === 0 ? 0 : part / whole;
}
