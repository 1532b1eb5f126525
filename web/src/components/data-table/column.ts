import type { ReactNode } from 'react';

/** One column, declared once. Cells are small components by kind of value: `Usd`, `Count`, `Duration`, `RelativeTime`. */
export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  /** Quiet, after the header: `USD`, `ms`. */
  readonly unit?: string;
  readonly cell: (row: Row) => ReactNode;
  /** Right aligned with tabular figures. */
  readonly numeric?: boolean;
  /** Makes the header sort; null = unknown, which comes last in both directions. */
  readonly sortValue?: (row: Row) => string | number | null;
  /** Where `sortValue` is a decimal in text: `compareDecimals`. */
  readonly compare?: (a: string, b: string) => number;
  /** CSS width; the columns without one share what is left. */
  readonly width?: string;
  /** Room it needs where `width` is not in px; 112 for text. */
  readonly minWidthPx?: number;
  /** false = always shown. */
  readonly hideable?: boolean;
  readonly hiddenByDefault?: boolean;
  /** Keeps the skeleton in shape where the default width misleads. */
  readonly skeletonWidth?: string;
}

const TEXT_MIN_WIDTH_PX = 112;
const NUMBER_MIN_WIDTH_PX = 72;

/**
 * Width below which the table scrolls instead of squeezing its columns. Browsers ignore `min-width` on cells, so the
 * table as a whole carries the sum, in px.
 */
export function minWidthOf<Row>(columns: readonly Column<Row>[]): number {
  return columns.reduce((sum, { width, minWidthPx, numeric }) => {
    const given = width?.endsWith('px') ? Number.parseFloat(width) : undefined;
    return sum + (minWidthPx ?? given ?? (numeric ? NUMBER_MIN_WIDTH_PX : TEXT_MIN_WIDTH_PX));
  }, 0);
}

export type SortDirection = 'asc' | 'desc';
export interface Sort {
  readonly column: string;
  readonly direction: SortDirection;
}

/** `spend` or `-spend`, as it stands in the URL. */
export function parseSort(text: string): Sort | null {
  const match = /^(-?)([A-Za-z][A-Za-z0-9]*)$/.exec(text);
  if (!match) return null;
  return { column: match[2] as string, direction: match[1] ? 'desc' : 'asc' };
}

export function printSort(sort: Sort): string {
  return `${sort.direction === 'desc' ? '-' : ''}${sort.column}`;
}

/** What a click on a header does next: numbers start with the largest, text with A; the third click goes back. */
export function nextSort<Row>(current: Sort | null, column: Column<Row>): Sort | null {
  const first: SortDirection = column.numeric ? 'desc' : 'asc';
  if (current?.column !== column.id) return { column: column.id, direction: first };
  if (current.direction === first) return { column: column.id, direction: first === 'asc' ? 'desc' : 'asc' };
  return null;
}

/** The rows in order of a column; unknown values come last in both directions, equal ones stay as they were. */
export function sorted<Row>(rows: readonly Row[], column: Column<Row>, direction: SortDirection): readonly Row[] {
  const { sortValue, compare } = column;
  if (!sortValue) return rows;
  const sign = direction === 'desc' ? -1 : 1;
  return rows.toSorted((a, b) => {
    const left = sortValue(a);
    const right = sortValue(b);
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
    return sign * (compare ? compare(String(left), String(right)) : compareValues(left, right));
  });
}

/** Text sorts as people count: `model-9` before `model-10`. */
function compareValues(left: string | number, right: string | number): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return String(left).localeCompare(String(right), 'en', { numeric: true, sensitivity: 'base' });
}
