'use client';
import { useRef } from 'react';

/**
 * Rows that stay where they are while somebody points at them: what is on screen is kept as long as `held`, and the
 * newer rows are counted. Without rows on screen nothing is held.
 */
export function useHeld<Row>(rows: readonly Row[] | undefined, keyOf: (row: Row) => string, held: boolean) {
  const shown = useRef(rows);
  if (!held || shown.current === undefined || shown.current.length === 0) shown.current = rows;
  const first = shown.current?.[0];
  const position = first === undefined || rows === undefined ? 0 : rows.findIndex((row) => keyOf(row) === keyOf(first));
  return { rows: shown.current, newer: position === -1 ? (rows?.length ?? 0) : position };
}
