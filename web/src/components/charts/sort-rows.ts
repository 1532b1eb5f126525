import { compareDecimals } from '../../decimal';
import type { Amount } from './series';

export interface SortableRow {
  /** What it is sorted by in its own column. */
  readonly sortBy: string;
  readonly values: readonly Amount[];
}

export interface Sort {
  /** Position of a column of figures; null = the rows' own. */
  readonly column: number | null;
  readonly descending: boolean;
}

/** Exact, and stable where figures are the same. What is unknown comes last either way. */
export function sorted<Row extends SortableRow>(rows: readonly Row[], { column, descending }: Sort): Row[] {
  const sign = descending ? -1 : 1;
  if (column === null) return rows.toSorted((a, b) => sign * (a.sortBy < b.sortBy ? -1 : a.sortBy > b.sortBy ? 1 : 0));
  return rows.toSorted((a, b) => {
    const [left = null, right = null] = [a.values[column], b.values[column]];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * compare(left, right);
  });
}

function compare(a: string | number, b: string | number): number {
  return typeof a === 'string' && typeof b === 'string' ? compareDecimals(a, b) : Number(a) - Number(b);
}
