'use client';
import {
  type ColumnDef,
  columnVisibilityFeature,
  createSortedRowModel,
  type RowSelectionState,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { parseAsString, useQueryState } from 'nuqs';
import { useMemo, useState } from 'react';
import { type Column, compareValues, nextSort, parseSort, printSort, type Sort } from './column';
import { useColumnChoice } from './use-column-choice';

const features = tableFeatures({
  rowSortingFeature,
  columnVisibilityFeature,
  rowSelectionFeature,
  sortedRowModel: createSortedRowModel(),
});
type Features = typeof features;

const NO_ROWS: never[] = [];

function definitionOf<Row extends object>(column: Column<Row>): ColumnDef<Features, Row> {
  const { id, sortValue, compare } = column;
  if (!sortValue) return { id, enableSorting: false };
  return {
    id,
    accessorFn: (row) => sortValue(row) ?? undefined,
    sortUndefined: 'last',
    sortFn: (a, b) => {
      const left = sortValue(a.original);
      const right = sortValue(b.original);
      if (left === null || right === null) return 0;
      return compare ? compare(String(left), String(right)) : compareValues(left, right);
    },
  };
}

interface ModelOptions<Row> {
  name: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  defaultSort: Sort | null;
}

/** Rows in order, columns on show and rows ticked. The sort stands in the URL under `sort`. */
export function useTableModel<Row extends object>({ name, columns, rows, rowKey, defaultSort }: ModelOptions<Row>) {
  const [sortText, setSortText] = useQueryState(
    'sort',
    parseAsString.withDefault('').withOptions({ history: 'replace' }),
  );
  const sort = parseSort(sortText) ?? defaultSort;
  const known = columns.find((column) => column.id === sort?.column && column.sortValue);
  const choice = useColumnChoice(name, columns);
  const [selection, setSelection] = useState<RowSelectionState>({});

  const definitions = useMemo(() => columns.map(definitionOf), [columns]);
  const sorting = useMemo(
    () => (sort && known ? [{ id: sort.column, desc: sort.direction === 'desc' }] : []),
    [sort?.column, sort?.direction, known, sort],
  );
  const table = useTable({
    features,
    columns: definitions,
    data: (rows ?? NO_ROWS) as Row[],
    getRowId: rowKey,
    state: { sorting, columnVisibility: choice.visibility, rowSelection: selection },
    onRowSelectionChange: setSelection,
  });

  const visible = columns.filter((column) => choice.visibility[column.id] !== false);
  const sortBy = (column: Column<Row>) => {
    const next = nextSort(sort, column);
    void setSortText(next ? printSort(next) : null);
  };
  return {
    rows: table.getRowModel().rows,
    visible,
    sort: known ? sort : null,
    sortBy,
    choice,
    selected: table.getSelectedRowModel().rows.map((row) => row.original),
    allSelected: table.getIsAllRowsSelected(),
    someSelected: table.getIsSomeRowsSelected(),
    selectAll: (value: boolean) => table.toggleAllRowsSelected(value),
    clearSelection: () => setSelection({}),
  };
}
