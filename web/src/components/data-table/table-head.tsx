'use client';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { Checkbox } from '@/components/ui/checkbox';
import { cn } from '@/components/ui/cn';
import type { Column, Sort } from './column';

export const cellStyle = 'border-b border-line px-2 first:pl-0 last:pr-0';
const headStyle = 'sticky top-0 z-10 h-8 border-line-2 bg-canvas text-caption font-medium whitespace-nowrap text-ink-3';

interface HeadModel<Row> {
  visible: readonly Column<Row>[];
  sort: Sort | null;
  sortBy: (column: Column<Row>) => void;
  allSelected: boolean;
  someSelected: boolean;
  selectAll: (value: boolean) => void;
}

interface TableHeadProps<Row> {
  model: HeadModel<Row>;
  selectable: boolean;
  hasMenu: boolean;
}

export function TableHead<Row>({ model, selectable, hasMenu }: TableHeadProps<Row>) {
  return (
    <thead>
      <tr>
        {selectable && (
          <th scope="col" className={cn(cellStyle, headStyle, 'w-8')}>
            <Checkbox
              aria-label="Select all rows"
              checked={model.allSelected}
              indeterminate={model.someSelected && !model.allSelected}
              onChange={model.selectAll}
            />
          </th>
        )}
        {model.visible.map((column) => (
          <HeaderCell key={column.id} column={column} sort={model.sort} onSort={() => model.sortBy(column)} />
        ))}
        {hasMenu && (
          <th scope="col" className={cn(cellStyle, headStyle, 'w-8')}>
            <span className="sr-only">Actions</span>
          </th>
        )}
      </tr>
    </thead>
  );
}

function HeaderCell<Row>({ column, sort, onSort }: { column: Column<Row>; sort: Sort | null; onSort: () => void }) {
  const direction = sort?.column === column.id ? sort.direction : null;
  const text = (
    <>
      {column.header}
      {column.unit && <span className="font-normal"> {column.unit}</span>}
    </>
  );
  return (
    <th
      scope="col"
      aria-sort={direction === null ? undefined : direction === 'asc' ? 'ascending' : 'descending'}
      style={{ width: column.width }}
      className={cn(cellStyle, headStyle, column.numeric ? 'text-right' : 'text-left')}
    >
      {column.sortValue ? (
        <button
          type="button"
          onClick={onSort}
          className={cn(
            'group/sort inline-flex h-6 items-center gap-1 rounded-sm hover:text-ink',
            column.numeric && 'flex-row-reverse',
            direction && 'text-ink',
          )}
        >
          <span>{text}</span>
          {direction === 'asc' ? (
            <ArrowUp aria-hidden className="size-3" />
          ) : (
            <ArrowDown aria-hidden className={cn('size-3', !direction && 'opacity-0 group-hover/sort:opacity-50')} />
          )}
        </button>
      ) : (
        text
      )}
    </th>
  );
}
