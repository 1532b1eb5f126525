'use client';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { Column } from './column';

type Visibility = Readonly<Record<string, boolean>>;

const changes = new EventTarget();
const keyOf = (table: string) => `weir.columns.${table}`;

function readChoice(table: string): string {
  try {
    return localStorage.getItem(keyOf(table)) ?? '{}';
  } catch {
    // Storage can be switched off; the default columns then hold for this visit.
    return '{}';
  }
}

function parseChoice(text: string): Visibility {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Visibility) : {};
  } catch {
    return {};
  }
}

/** Which columns of a table are on show, remembered per browser under the table's name. */
export function useColumnChoice<Row>(table: string, columns: readonly Column<Row>[]) {
  const subscribe = useCallback((notify: () => void) => {
    changes.addEventListener('change', notify);
    return () => changes.removeEventListener('change', notify);
  }, []);
  const text = useSyncExternalStore(
    subscribe,
    () => readChoice(table),
    () => '{}',
  );
  const visibility = useMemo(() => {
    const chosen = parseChoice(text);
    return Object.fromEntries(
      columns.map((column) => [column.id, column.hideable === false || (chosen[column.id] ?? !column.hiddenByDefault)]),
    );
  }, [text, columns]);

  const show = (column: string, shown: boolean) => {
    write(table, JSON.stringify({ ...parseChoice(readChoice(table)), [column]: shown }));
  };
  const reset = () => write(table, '{}');
  return { visibility, show, reset };
}

function write(table: string, text: string): void {
  try {
    localStorage.setItem(keyOf(table), text);
  } catch {
    // See readChoice.
  }
  changes.dispatchEvent(new Event('change'));
}
