'use client';
import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { count, usdExact, usdPlaces } from '@/format';
import { bucketLabel } from '../providers/models/buckets';
import { LineSource } from './line-source';
import type { Line } from './receipt';
import { rateNote } from './wording';

export const CELL = 'border-b border-line py-1.5 pl-3 text-right align-baseline whitespace-nowrap';
export const COLUMNS = 4;

export interface LineDetails<L extends Line> {
  /** Why a quantity is not as the upstream stated it; null where it is. */
  estimatedBecause?: (line: L) => string | null;
  /** More about a line, shown when it is opened. */
  more?: (line: L) => readonly { readonly label: string; readonly value: ReactNode }[];
}

interface LineRowProps<L extends Line> extends LineDetails<L> {
  line: L;
  places: number;
}

/** quantity × rate = amount of one bucket; opens to where the rate comes from. */
export function LineRow<L extends Line>({ line, places, estimatedBecause, more }: LineRowProps<L>) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const because = estimatedBecause?.(line) ?? null;
  const note = rateNote(line);
  const quantity = (
    <span className={cn(because && 'estimated')} title={because ? `Estimated: ${because}` : undefined}>
      {count(line.quantity)}
    </span>
  );
  const rate = rateOf(line);
  return (
    <>
      <tr className="hover:bg-hover">
        <th scope="row" className={cn(CELL, 'pl-0 text-left font-normal whitespace-normal')}>
          <button
            type="button"
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
            className="-ml-1 inline-flex items-baseline gap-1 rounded-sm pr-1 pl-0.5 text-left hover:text-accent"
          >
            <ChevronRight
              aria-hidden
              className={cn('size-3.5 shrink-0 translate-y-0.5 text-ink-3 print:hidden', open && 'rotate-90')}
            />
            {bucketLabel(line.bucket)}
          </button>
          <span className="block pl-4 text-caption text-ink-3 sm:hidden print:hidden">
            {quantity} × {rate}
            {note && `, ${note}`}
          </span>
        </th>
        <td className={cn(CELL, 'max-sm:hidden print:table-cell')}>{quantity}</td>
        <td className={cn(CELL, 'max-sm:hidden print:table-cell')}>
          {rate}
          {note && <span className="block text-caption text-ink-3">{note}</span>}
        </td>
        <td className={CELL}>
          {line.amount === null ? <span className="text-amber">unknown</span> : usdPlaces(line.amount, places)}
        </td>
      </tr>
      <tr id={id} className={cn(!open && 'hidden print:table-row')}>
        <td colSpan={COLUMNS} className="border-b border-line bg-sunken px-4 py-2.5 print:px-0">
          <LineSource line={line} estimatedBecause={because} more={more?.(line) ?? []} />
        </td>
      </tr>
    </>
  );
}

/** A cost that the upstream stated is no rate: its millionfold would tell nobody anything. */
function rateOf({ usdPerMillion, origin }: Line): ReactNode {
  if (usdPerMillion === null) return <span className="text-amber">unknown</span>;
  if (origin.kind === 'UPSTREAM') return 'as stated';
  return <span title="USD for one million">{usdExact(usdPerMillion)}</span>;
}
