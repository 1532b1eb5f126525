'use client';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { type Amount, type ChartUnit, read, readExact } from './series';
import { type Sort, type SortableRow, sorted } from './sort-rows';

export interface ChartTableColumn {
  readonly key: string;
  readonly label: string;
  readonly unit: ChartUnit;
  /** Said below the label: what the figures do not contain. */
  readonly note?: string | undefined;
}

/** `sortBy` orders the rows by their own column, a bucket by its start. */
export interface ChartTableRow extends SortableRow {
  readonly key: string;
  readonly label: ReactNode;
}

export interface ChartTableProps {
  label: string;
  /** `Day`, `Provider`. */
  rowHeading: string;
  columns: readonly ChartTableColumn[];
  /** Buckets or groups, one value a column. */
  rows: readonly ChartTableRow[];
  /** One value a column, exact; null = figures that do not add up to anything. */
  totals: readonly Amount[] | null;
  totalsLabel?: string;
  initialSort?: Sort;
  height: number;
  /** Leads to what a figure is made of; null = all rows, or the row as a whole. */
  onOpen?: ((asked: { rowKey: string | null; columnKey: string | null }) => void) | undefined;
}

const ROW_PX = 29;
const VIRTUAL_FROM_ROWS = 200;
const OVERSCAN_ROWS = 12;
const cell = 'h-[29px] border-b border-line px-3 text-right whitespace-nowrap first:text-left last:pr-1';
const corner = 'sticky left-0 bg-canvas pl-0 text-left max-w-56 truncate';

/** The figures of a chart as a table whose last row is their exact sum. */
export function ChartTable(props: ChartTableProps) {
  const { label, rowHeading, columns, rows, totals, totalsLabel = 'Total', height, onOpen } = props;
  const [sort, setSort] = useState<Sort>(props.initialSort ?? { column: null, descending: false });
  const inOrder = useMemo(() => sorted(rows, sort), [rows, sort]);
  const body = useRef<HTMLTableElement>(null);
  const [scrolledPx, setScrolledPx] = useState(0);
  const isVirtual = rows.length > VIRTUAL_FROM_ROWS;
  const first = isVirtual ? Math.max(0, Math.floor(scrolledPx / ROW_PX) - OVERSCAN_ROWS) : 0;
  const count = isVirtual ? Math.ceil(height / ROW_PX) + 2 * OVERSCAN_ROWS : rows.length;
  const visible = inOrder.slice(first, first + count);
  const below = Math.max(0, rows.length - first - count);
  const orderBy = (column: number | null) =>
    setSort((now) => ({ column, descending: now.column === column ? !now.descending : column !== null }));

  const figure = (row: ChartTableRow | null, position: number) => {
    const column = columns[position] as ChartTableColumn;
    const amount = (row ? row.values : totals)?.[position] ?? null;
    const text = read(column.unit, amount);
    const look = cn('figures', amount === null && 'text-amber');
    const exact = readExact(column.unit, amount);
    if (!onOpen || amount === null) {
      return (
        <span className={look} title={exact}>
          {text}
        </span>
      );
    }
    return (
      <button
        type="button"
        data-figure=""
        title={`${exact}: show the calls`}
        className={cn(look, 'focus-inside h-6 min-w-6 rounded-sm hover:text-accent hover:underline')}
        tabIndex={row === visible[0] && position === 0 ? 0 : -1}
        onClick={() => onOpen({ rowKey: row?.key ?? null, columnKey: column.key })}
      >
        {text}
      </button>
    );
  };
  return (
    <section
      aria-label={`${label}, table`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
      className="relative overflow-auto overscroll-x-contain"
      style={{ maxHeight: height }}
      onScroll={(event) => isVirtual && setScrolledPx(event.currentTarget.scrollTop)}
    >
      <table
        ref={body}
        aria-rowcount={rows.length + (totals ? 2 : 1)}
        className="min-w-full border-separate border-spacing-0 text-table"
        onKeyDown={moveBetweenFigures}
      >
        <thead>
          <tr className="text-caption">
            <SortHeader
              label={rowHeading}
              sort={sort}
              column={null}
              onSort={orderBy}
              className={cn(corner, 'top-0 z-20')}
            />
            {columns.map((column, position) => (
              <SortHeader
                key={column.key}
                label={column.label}
                note={column.note}
                sort={sort}
                column={position}
                onSort={orderBy}
                className="sticky top-0 z-10 bg-canvas"
              />
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer heightPx={first * ROW_PX} columns={columns.length + 1} />
          {visible.map((row, index) => (
            <tr key={row.key} aria-rowindex={first + index + 2}>
              <th scope="row" className={cn(cell, corner, 'z-10 font-normal')}>
                {row.label}
              </th>
              {columns.map((column, position) => (
                <td key={column.key} className={cell}>
                  {figure(row, position)}
                </td>
              ))}
            </tr>
          ))}
          <Spacer heightPx={below * ROW_PX} columns={columns.length + 1} />
        </tbody>
        {totals && (
          <tfoot>
            <tr className="font-medium" aria-rowindex={rows.length + 2}>
              <th scope="row" className={cn(cell, corner, 'bottom-0 z-20 border-t border-line-2 font-medium')}>
                {totalsLabel}
              </th>
              {columns.map((column, position) => (
                <td key={column.key} className={cn(cell, 'sticky bottom-0 z-10 border-t border-line-2 bg-canvas')}>
                  {figure(null, position)}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}

interface SortHeaderProps {
  label: string;
  note?: string | undefined;
  sort: Sort;
  column: number | null;
  onSort: (column: number | null) => void;
  className: string;
}

function SortHeader({ label, note, sort, column, onSort, className }: SortHeaderProps) {
  const isSorted = sort.column === column;
  const Arrow = sort.descending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
      className={cn(cell, className)}
    >
      <button
        type="button"
        onClick={() => onSort(column)}
        title={label}
        className="focus-inside inline-flex h-6 max-w-48 min-w-6 items-center gap-1 rounded-sm font-medium text-ink-3 hover:text-ink"
      >
        {column !== null && isSorted && <Arrow aria-hidden className="size-3 shrink-0" />}
        <span className="truncate">{label}</span>
        {column === null && isSorted && <Arrow aria-hidden className="size-3 shrink-0" />}
        {note && <span className="shrink-0 font-normal text-amber">{note}</span>}
      </button>
    </th>
  );
}

function Spacer({ heightPx, columns }: { heightPx: number; columns: number }) {
  if (heightPx <= 0) return null;
  return (
    <tr aria-hidden>
      <td colSpan={columns} style={{ height: heightPx, padding: 0 }} />
    </tr>
  );
}

/** Arrow keys, Home and End go from figure to figure, so that the Tab key passes the table in two stops. */
function moveBetweenFigures(event: KeyboardEvent<HTMLTableElement>) {
  const from = event.target instanceof HTMLElement ? event.target.closest('td') : null;
  const row = from?.closest('tr');
  if (!from || !row) return;
  const place = from.cellIndex;
  const inRow = (cellIndex: number) => row.cells[cellIndex];
  const rows = [...event.currentTarget.rows];
  const at = rows.indexOf(row);
  const target = {
    ArrowLeft: inRow(place - 1),
    ArrowRight: inRow(place + 1),
    Home: inRow(1),
    End: inRow(row.cells.length - 1),
    ArrowUp: rows[at - 1]?.cells[place],
    ArrowDown: rows[at + 1]?.cells[place],
  }[event.key];
  const button = target?.querySelector<HTMLElement>('[data-figure]');
  if (!button) return;
  event.preventDefault();
  button.focus();
}
