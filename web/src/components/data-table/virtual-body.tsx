'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { usePreferences } from '@/preferences/provider';
import type { BodyProps } from './table-body';
import { TableRow } from './table-row';

const ROW_HEIGHT_PX = { comfortable: 36, compact: 28 };

/** Only the rows in sight are in the document; two empty rows keep the scroll height of the others. */
export function VirtualBody<Row extends object>(props: BodyProps<Row>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const { density } = usePreferences();
  const { rows } = props.model;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => body.current?.parentElement?.parentElement ?? null,
    estimateSize: () => ROW_HEIGHT_PX[density],
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (items[items.length - 1]?.end ?? 0);
  const columns = props.model.visible.length + 2;
  return (
    <tbody ref={body}>
      <Spacer height={before} columns={columns} />
      {items.map((item) => {
        const row = rows[item.index];
        return row && <TableRow key={row.id} {...props} row={row} rowIndex={item.index + 2} />;
      })}
      <Spacer height={after} columns={columns} />
    </tbody>
  );
}

function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden>
      <td colSpan={columns} style={{ height, padding: 0 }} />
    </tr>
  );
}
