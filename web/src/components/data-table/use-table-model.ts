'use client';
import { parseAsString, useQueryState } from 'nuqs';
import { useMemo, useState } from 'react';
import { type Column, nextSort, parseSort, printSort, type Sort, sorted } from './column';
import { useColumnChoice } from './use-column-choice';

export interface ModelRow<Row> {
  readonly id: string;
  readonly original: Row;
}

interface ModelOptions<Row> {
  name: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  defaultSort: Sort | null;
  /** The rows come in order from the server; called when another order is wanted. */
  onSort?: (() => void) | undefined;
}

/** Rows in order, columns on show and rows ticked. The sort stands in the URL under `sort`. */
export function useTableModel<Row extends object>(options: ModelOptions<Row>) {
  const { name, columns, rows, rowKey, defaultSort, onSort } = options;
  const isSortedHere = onSort === undefined;
  const [sortText, setSortText] = useQueryState(
    'sort',
    parseAsString.withDefault('').withOptions({ history: 'replace' }),
  );
  const wanted = parseSort(sortText) ?? defaultSort;
  const sortColumn = columns.find((column) => column.id === wanted?.column && column.sortValue);
  const sort = sortColumn ? wanted : null;
  const direction = sort?.direction;
  const choice = useColumnChoice(name, columns);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());

  const ordered = useMemo<ModelRow<Row>[]>(() => {
    const list = rows ?? [];
    const inOrder = isSortedHere && sortColumn && direction ? sorted(list, sortColumn, direction) : list;
    return inOrder.map((original) => ({ id: rowKey(original), original }));
  }, [rows, isSortedHere, sortColumn, direction, rowKey]);

  // A row that is gone counts no longer, though it comes back ticked when it comes back.
  const selectedRows = ordered.filter(({ id }) => ticked.has(id));
  return {
    rows: ordered,
    visible: columns.filter((column) => choice.visibility[column.id] !== false),
    sort,
    sortBy: (column: Column<Row>) => {
      const next = nextSort(sort, column);
      void setSortText(next ? printSort(next) : null);
      onSort?.();
    },
    choice,
    selected: selectedRows.map(({ original }) => original),
    isSelected: (id: string) => ticked.has(id),
    allSelected: ordered.length > 0 && selectedRows.length === ordered.length,
    someSelected: selectedRows.length > 0,
    select: (id: string, value: boolean) =>
      setTicked((current) => new Set(value ? [...current, id] : [...current].filter((other) => other !== id))),
    selectAll: (value: boolean) => setTicked(new Set(value ? ordered.map(({ id }) => id) : [])),
    clearSelection: () => setTicked(new Set()),
  };
}

export type TableModel<Row extends object> = ReturnType<typeof useTableModel<Row>>;
