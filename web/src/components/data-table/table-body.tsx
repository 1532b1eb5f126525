'use client';
import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import type { DataTableProps } from './data-table';
import { TableRow } from './table-row';
import type { TableModel } from './use-table-model';

const VirtualBody = dynamic(() => import('./virtual-body').then((room) => room.VirtualBody), {
  ssr: false,
}) as <Row extends object>(props: BodyProps<Row>) => ReactNode;

export interface BodyProps<Row extends object> extends DataTableProps<Row> {
  model: TableModel<Row>;
  selectable: boolean;
}

export function TableBody<Row extends object>({ virtual, ...props }: BodyProps<Row> & { virtual: boolean }) {
  if (virtual) return <VirtualBody {...props} />;
  return (
    <tbody>
      {props.model.rows.map((row) => (
        <TableRow key={row.id} {...props} row={row} />
      ))}
    </tbody>
  );
}
