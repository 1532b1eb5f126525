'use client';
import { Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { cn } from '@/components/ui/cn';
import { IconButton } from '@/components/ui/icon-button';
import { Link } from '@/components/ui/link';
import { Menu } from '@/components/ui/menu';
import type { DataTableProps } from './data-table';
import { cellStyle } from './table-head';
import type { ModelRow, TableModel } from './use-table-model';

interface TableRowProps<Row extends object>
  extends Pick<DataTableProps<Row>, 'rowHref' | 'onRowOpen' | 'rowLabel' | 'rowMenu' | 'isMuted'> {
  row: ModelRow<Row>;
  model: Pick<TableModel<Row>, 'visible' | 'isSelected' | 'select'>;
  selectable: boolean;
  rowIndex?: number;
}

export function TableRow<Row extends object>(props: TableRowProps<Row>) {
  const { row, model, selectable, rowHref, onRowOpen, rowLabel, rowMenu, isMuted, rowIndex } = props;
  const name = rowLabel?.(row.original) ?? row.id;
  const selected = selectable && model.isSelected(row.id);
  return (
    <tr
      aria-rowindex={rowIndex}
      aria-selected={selectable ? selected : undefined}
      className={cn(
        'group/row relative h-row hover:[&>td]:bg-hover',
        selected && '[&>td]:bg-accent-soft',
        isMuted?.(row.original) && 'text-ink-3',
      )}
    >
      {selectable && (
        <td className={cn(cellStyle, 'relative z-1 w-8')}>
          <Checkbox
            aria-label={`Select ${name}`}
            checked={selected}
            onChange={(value) => model.select(row.id, value)}
          />
        </td>
      )}
      {model.visible.map((column, index) => (
        <td
          key={column.id}
          className={cn(cellStyle, column.numeric ? 'figures text-right whitespace-nowrap' : 'max-w-80 truncate')}
          style={{ width: column.width }}
        >
          {index === 0 ? (
            <RowOpener href={rowHref?.(row.original)} onOpen={onRowOpen && (() => onRowOpen(row.original))}>
              {column.cell(row.original)}
            </RowOpener>
          ) : (
            column.cell(row.original)
          )}
        </td>
      ))}
      {rowMenu && (
        <td className={cn(cellStyle, 'relative z-1 w-8 text-right')}>
          <Menu
            entries={rowMenu(row.original)}
            trigger={<IconButton size="sm" label={`Actions for ${name}`} icon={<Ellipsis aria-hidden />} />}
          />
        </td>
      )}
    </tr>
  );
}

/** The first cell's link or button covers the whole row, so a click anywhere opens it and the keyboard meets it once. */
function RowOpener({
  href,
  onOpen,
  children,
}: {
  href?: string | undefined;
  onOpen?: (() => void) | undefined;
  children: ReactNode;
}) {
  const cover =
    'rounded-sm text-left after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent';
  if (href) {
    return (
      <Link href={href} className={cn(cover, 'font-medium')}>
        {children}
      </Link>
    );
  }
  if (onOpen) {
    return (
      <button type="button" onClick={onOpen} className={cover}>
        {children}
      </button>
    );
  }
  return children;
}
