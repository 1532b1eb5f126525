'use client';
import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { count, plural, usdExact, usdPlaces } from '@/format';
import { bucketText } from '../providers/calls/wording';
import { placesFor } from './arithmetic';
import { LineSource } from './line-source';
import type { Line, LineGroup } from './receipt';
import { rateNote } from './wording';

interface ReceiptTableProps<L extends Line> {
  label: string;
  groups: readonly LineGroup<L>[];
  /** null = the cost is not known; the lines then show what is. */
  total: string | null;
  totalLabel?: string;
  /** What is in the total and not listed. */
  rest?: { readonly lines: number | null; readonly amount: string } | null;
  /** Why a quantity is not as the upstream stated it; null where it is. */
  estimatedBecause?: (line: L) => string | null;
  /** More about a line, shown when it is opened. */
  more?: (line: L) => readonly { readonly label: string; readonly value: ReactNode }[];
}

const HEAD = 'h-8 border-b border-line-2 pl-3 text-right font-normal whitespace-nowrap first:pl-0 first:text-left';
const CELL = 'border-b border-line py-1.5 pl-3 text-right align-baseline whitespace-nowrap';
const COLUMNS = 4;

/** quantity × rate = amount, line by line, adding up to the total below. A line opens to where its rate comes from. */
export function ReceiptTable<L extends Line>(props: ReceiptTableProps<L>) {
  const { label, groups, total, totalLabel = 'Total', rest = null } = props;
  const lines = groups.flatMap((group) => group.lines);
  const places = placesFor([...lines.map(({ amount }) => amount), total, rest?.amount ?? null]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls on a phone, and what scrolls must be reachable by keyboard.
    <section aria-label={`${label}, scrolls`} tabIndex={0} className="focus-inside relative overflow-x-auto">
      <table aria-label={label} className="figures w-full border-separate border-spacing-0 text-table">
        <thead className="text-caption text-ink-3">
          <tr>
            <th scope="col" className={HEAD}>
              Bucket
            </th>
            <th scope="col" className={HEAD}>
              Quantity
            </th>
            <th scope="col" className={HEAD}>
              × Rate <span className="text-ink-3">$/1M</span>
            </th>
            <th scope="col" className={HEAD}>
              = Amount
            </th>
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.key}>
            {group.title && (
              <tr>
                <th
                  scope="rowgroup"
                  colSpan={COLUMNS}
                  className="border-b border-line pt-4 pb-1 text-left font-medium break-words"
                >
                  <span className="font-mono text-caption">{group.title.model}</span>{' '}
                  <span className="font-normal text-ink-3">on {group.title.provider}</span>
                </th>
              </tr>
            )}
            {group.lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id, and those of one receipt never move
              <LineRow key={index} line={line} places={places} table={props} />
            ))}
          </tbody>
        ))}
        <tfoot>
          {rest && (
            <tr className="text-ink-2">
              <th scope="row" colSpan={COLUMNS - 1} className="border-b border-line py-1.5 text-left font-normal">
                {rest.lines === null ? 'More lines' : plural(rest.lines, 'more line')}, not listed
              </th>
              <td className={CELL}>{usdPlaces(rest.amount, places)}</td>
            </tr>
          )}
          <tr className="font-semibold">
            <th scope="row" colSpan={COLUMNS - 1} className="border-t border-line-2 py-2 text-left font-semibold">
              {totalLabel}
            </th>
            <td className="border-t border-line-2 py-2 pl-3 text-right whitespace-nowrap">
              {total === null ? <span className="text-amber">unpriced</span> : usdPlaces(total, places)}
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

interface LineRowProps<L extends Line> {
  line: L;
  places: number;
  table: Pick<ReceiptTableProps<L>, 'estimatedBecause' | 'more'>;
}

function LineRow<L extends Line>({ line, places, table }: LineRowProps<L>) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const because = table.estimatedBecause?.(line) ?? null;
  const note = rateNote(line);
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
            {bucketText(line.bucket)}
          </button>
        </th>
        <td className={CELL}>
          <span className={cn(because && 'estimated')} title={because ? `Estimated: ${because}` : undefined}>
            {count(line.quantity)}
          </span>
        </td>
        <td className={CELL}>
          {line.usdPerMillion === null ? (
            <span className="text-amber">unknown</span>
          ) : (
            <span title="USD for one million">{usdExact(line.usdPerMillion)}</span>
          )}
          {note && <span className="block text-caption text-ink-3">{note}</span>}
        </td>
        <td className={CELL}>
          {line.amount === null ? <span className="text-amber">unknown</span> : usdPlaces(line.amount, places)}
        </td>
      </tr>
      <tr id={id} className={cn(!open && 'hidden print:table-row')}>
        <td colSpan={COLUMNS} className="border-b border-line bg-sunken px-4 py-2.5 print:px-0">
          <LineSource line={line} estimatedBecause={because} more={table.more?.(line) ?? []} />
        </td>
      </tr>
    </>
  );
}
