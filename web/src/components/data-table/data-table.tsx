'use client';
import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';
import { ErrorState, ProblemNote } from '@/components/ui/error-state';
import type { MenuEntry } from '@/components/ui/menu';
import { isUnreached, type Problem } from '@/graphql/problem';
import { BulkBar } from './bulk-bar';
import { type Column, minWidthOf, type Sort } from './column';
import { ColumnChoice } from './column-choice';
import type { PagingProps } from './paging';
import { Paging, shownText } from './paging';
import { TableBody } from './table-body';
import { TableHead } from './table-head';
import { TableSkeleton } from './table-skeleton';
import { useOverflow } from './use-overflow';
import { useTableModel } from './use-table-model';

export interface DataTableProps<Row extends object> {
  /** Names the table for screen readers: `Providers`. */
  label: string;
  /** Stable key under which the column choice is remembered. */
  name: string;
  /** Declared at module scope, or memoised. */
  columns: readonly Column<Row>[];
  /** undefined = not there yet. */
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  /** Where a click on the row leads; the first column holds the real link. */
  rowHref?: (row: Row) => string;
  /** In place of `rowHref`, where the row opens a drawer. */
  onRowOpen?: (row: Row) => void;
  /** What a row is called when its menu, tick box or button is read out. */
  rowLabel?: (row: Row) => string;
  rowMenu?: (row: Row) => readonly MenuEntry[];
  /** Quietens a row that is switched off. */
  isMuted?: (row: Row) => boolean;
  defaultSort?: Sort;
  /** Where the server sorts, as it must when rows come in pages: goes back to the first page. */
  onSort?: () => void;
  /** Filters, at the left above the data. */
  filters?: ReactNode;
  /** View options, at the right before the column choice. */
  options?: ReactNode;
  stale?: boolean;
  problem?: Problem | null;
  /** When `rows` were read, to be said where they could not be renewed. */
  readAt?: Date | null;
  onRetry?: () => void;
  /** In place of the table when there are no rows: an `EmptyState`. */
  empty: ReactNode;
  paging?: PagingProps;
  /** Switches selection on: the actions for what is ticked. */
  bulkActions?: (selected: readonly Row[], clear: () => void) => ReactNode;
  /** Rows of the skeleton; give the page size where the table fills the page. */
  skeletonRows?: number;
  /** Hides the column choice of small tables. */
  fixedColumns?: boolean;
}

const VIRTUAL_ABOVE = 200;
const NO_SORT = null;

/** The one table of the console. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const {
    label,
    name,
    columns,
    rows,
    rowKey,
    filters,
    options,
    stale = false,
    problem,
    onRetry,
    empty,
    paging,
  } = props;
  const model = useTableModel({
    name,
    columns,
    rows,
    rowKey,
    defaultSort: props.defaultSort ?? NO_SORT,
    onSort: props.onSort,
  });
  const selectable = props.bulkActions !== undefined;
  const failed = problem && rows === undefined;
  const isEmpty = rows?.length === 0;
  const virtual = model.rows.length > VIRTUAL_ABOVE;
  const { box, overflows } = useOverflow();
  const hasTools = filters || options || !props.fixedColumns;

  return (
    <div className="min-w-0">
      {hasTools && (
        <div className="mb-2 flex flex-wrap items-start gap-2">
          <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2">{filters}</div>
          <div className="flex items-center gap-2">
            {options}
            {!props.fixedColumns && <ColumnChoice columns={columns} choice={model.choice} />}
          </div>
        </div>
      )}
      {/* That nobody answers is said for the page as a whole. */}
      {problem && !failed && !isUnreached(problem) && (
        <div className="mb-2">
          <ProblemNote problem={problem} shownFrom={props.readAt} />
        </div>
      )}
      {failed ? (
        <div className="border-t border-line">
          <ErrorState title={`${label} could not be loaded`} problem={problem} onRetry={onRetry} />
        </div>
      ) : isEmpty ? (
        <div className="border-t border-line">{empty}</div>
      ) : (
        <>
          <div
            ref={box}
            // What scrolls must be reachable by keyboard, also where no row holds a link.
            {...(overflows || virtual ? { tabIndex: 0, role: 'region', 'aria-label': `${label}, scrolls` } : {})}
            className={cn(
              'relative',
              overflows && '-mx-4 overflow-x-auto px-4 sm:mx-0 sm:px-0',
              virtual && 'max-h-[calc(100dvh-200px)] overflow-auto',
            )}
          >
            <table
              aria-label={label}
              aria-busy={stale || rows === undefined}
              style={{ minWidth: minWidthOf(model.visible) }}
              aria-rowcount={virtual ? model.rows.length + 1 : undefined}
              className={cn(
                'w-full border-separate border-spacing-0 text-table transition-opacity duration-100',
                stale && 'opacity-60 delay-150',
              )}
            >
              <TableHead model={model} selectable={selectable} hasMenu={props.rowMenu !== undefined} />
              {rows === undefined ? (
                <TableSkeleton
                  columns={model.visible}
                  rows={props.skeletonRows ?? 8}
                  selectable={selectable}
                  hasMenu={props.rowMenu !== undefined}
                />
              ) : (
                <TableBody {...props} model={model} selectable={selectable} virtual={virtual} />
              )}
            </table>
          </div>
          {paging && <Paging {...paging} shown={rows?.length ?? 0} />}
        </>
      )}
      {/* What another filter or page brought, for those who do not see it. */}
      {paging && (
        <span role="status" className="sr-only">
          {rows && !stale && !failed ? shownText(paging, rows.length) : ''}
        </span>
      )}
      {props.bulkActions && model.selected.length > 0 && (
        <BulkBar count={model.selected.length} onClear={model.clearSelection}>
          {props.bulkActions(model.selected, model.clearSelection)}
        </BulkBar>
      )}
    </div>
  );
}
