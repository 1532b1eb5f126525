import { cn } from '@/components/ui/cn';
import { Skeleton } from '@/components/ui/skeleton';
import type { Column } from './column';
import { cellStyle } from './table-head';

interface TableSkeletonProps<Row> {
  columns: readonly Column<Row>[];
  rows: number;
  selectable: boolean;
  hasMenu: boolean;
}

/** Rows of the final height with bars where the values come, so nothing moves when they arrive. */
export function TableSkeleton<Row>({ columns, rows, selectable, hasMenu }: TableSkeletonProps<Row>) {
  return (
    <tbody aria-hidden>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move.
        <tr key={index} className="h-row">
          {selectable && <td className={cn(cellStyle, 'w-8')} />}
          {columns.map((column, position) => (
            <td key={column.id} className={cellStyle} style={{ width: column.width }}>
              <Skeleton className={cn('h-3', widthOf(column, position, index), column.numeric && 'ml-auto')} />
            </td>
          ))}
          {hasMenu && <td className={cn(cellStyle, 'w-8')} />}
        </tr>
      ))}
    </tbody>
  );
}

/** Shares of a given width, so that a bar never widens its column. */
function widthOf<Row>(column: Column<Row>, position: number, index: number): string {
  if (column.skeletonWidth) return column.skeletonWidth;
  if (column.width) return column.numeric ? 'w-1/2' : 'w-3/5';
  if (column.numeric) return 'w-12';
  return position === 0 ? (['w-32', 'w-40', 'w-28'][index % 3] as string) : 'w-20';
}
