'use client';
import { cn } from '@/components/ui/cn';
import { plural, usdPlaces } from '@/format';
import { placesFor } from './arithmetic';
import { CELL, COLUMNS, type LineDetails, LineRow } from './line-row';
import type { Line, LineGroup } from './receipt';

interface ReceiptTableProps<L extends Line> extends LineDetails<L> {
  label: string;
  groups: readonly LineGroup<L>[];
  /** null = the cost is not known; the lines then show what is. */
  total: string | null;
  totalLabel?: string;
  /** What is in the total and not listed. */
  rest?: { readonly lines: number | null; readonly amount: string } | null;
}

const HEAD = 'h-8 border-b border-line-2 pl-3 text-right font-normal whitespace-nowrap first:pl-0 first:text-left';
/** On a phone quantity and rate stand under the bucket, so that the amounts stay in sight. */
const FOLDED = 'max-sm:hidden print:table-cell';

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
            <th scope="col" className={cn(HEAD, FOLDED)}>
              Quantity
            </th>
            <th scope="col" className={cn(HEAD, FOLDED)}>
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
              <LineRow key={index} line={line} places={places} {...props} />
            ))}
          </tbody>
        ))}
        <tfoot>
          {rest && (
            <tr className="text-ink-2">
              <th scope="row" className="border-b border-line py-1.5 text-left font-normal">
                {rest.lines === null ? 'More lines' : plural(rest.lines, 'more line')}, not listed
              </th>
              <td colSpan={2} className={cn('border-b border-line', FOLDED)} />
              <td className={CELL}>{usdPlaces(rest.amount, places)}</td>
            </tr>
          )}
          <tr className="font-semibold">
            <th scope="row" className="border-t border-line-2 py-2 text-left font-semibold">
              {totalLabel}
            </th>
            <td colSpan={2} className={cn('border-t border-line-2', FOLDED)} />
            <td className="border-t border-line-2 py-2 pl-3 text-right whitespace-nowrap">
              {total === null ? <span className="text-amber">unpriced</span> : usdPlaces(total, places)}
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
