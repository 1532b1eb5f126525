'use client';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Count, SignedUsd, Usd } from '@/components/ui/figure';
import { Skeleton } from '@/components/ui/skeleton';
import { count, plural } from '@/format';
import { bySize, type Line, shareOf, totalOf } from './lines';

interface DifferenceTableProps {
  label: string;
  header: string;
  /** undefined = not known yet. */
  lines: readonly Line[] | undefined;
  nameOf: (key: string) => ReactNode;
}

const HEAD = 'h-8 pl-3 text-right text-caption font-normal whitespace-nowrap text-ink-3 first:pl-0';
const CELL = 'h-row border-t border-line pl-3 align-middle first:pl-0';
const FOOT = 'border-line-2 font-medium';
const NUMBER = 'figures text-right whitespace-nowrap';
/** On a phone these stand under the name, so that the difference stays in sight. */
const FOLDED = 'max-sm:hidden';
const SHOWN_AT_FIRST = 20;
const SKELETON_ROWS = 3;
const COLUMNS = 6;

/** Lines of one dimension, the largest change first, and their sum. */
export function DifferenceTable({ label, header, lines, nameOf }: DifferenceTableProps) {
  const [isWhole, setWhole] = useState(false);
  const ordered = bySize(lines ?? []);
  const shown = isWhole ? ordered : ordered.slice(0, SHOWN_AT_FIRST);
  const total = totalOf(ordered);
  const largest = ordered[0]?.difference ?? '0';
  // One bar says nothing: they are for comparing.
  const hasBars = ordered.filter(({ difference }) => shareOf(difference, largest) > 0).length > 1;
  if (lines?.length === 0) return <p className="text-ink-2">Nothing in range.</p>;
  return (
    <>
      <table aria-label={label} aria-busy={lines === undefined} className="w-full table-fixed text-table">
        <thead>
          <tr>
            <th scope="col" className={cn(HEAD, 'text-left')}>
              {header}
            </th>
            <th scope="col" className={cn(HEAD, FOLDED, 'w-24')}>
              Calls
            </th>
            <th scope="col" className={cn(HEAD, FOLDED, 'w-36')}>
              Before USD
            </th>
            <th scope="col" className={cn(HEAD, FOLDED, 'w-36')}>
              After USD
            </th>
            <td className={cn(HEAD, 'w-32 max-lg:hidden')} />
            <th scope="col" className={cn(HEAD, 'w-32')}>
              Difference USD
            </th>
          </tr>
        </thead>
        <tbody>
          {lines === undefined
            ? Array.from({ length: SKELETON_ROWS }, (_, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move.
                <tr key={index}>
                  <td colSpan={COLUMNS} className={CELL}>
                    <Skeleton className="w-full" />
                  </td>
                </tr>
              ))
            : shown.map((line) => (
                <Row
                  key={line.key}
                  line={line}
                  share={hasBars ? shareOf(line.difference, largest) : 0}
                  name={line.other ? 'All others' : nameOf(line.key)}
                />
              ))}
        </tbody>
        {ordered.length > 1 && (
          <tfoot>
            <tr>
              <th scope="row" className={cn(CELL, FOOT, 'py-1.5 text-left')}>
                Total
                <BeforeAfter {...total} />
              </th>
              {/* A call has several buckets: counts of calls do not add up over lines. */}
              <td className={cn(CELL, FOOT, FOLDED)} />
              <td className={cn(CELL, FOOT, NUMBER, FOLDED)}>
                <Usd amount={total.before} />
              </td>
              <td className={cn(CELL, FOOT, NUMBER, FOLDED)}>
                <Usd amount={total.after} />
              </td>
              <td className={cn(CELL, FOOT, 'max-lg:hidden')} />
              <td className={cn(CELL, FOOT, NUMBER)}>
                <SignedUsd amount={total.difference} />
              </td>
            </tr>
          </tfoot>
        )}
      </table>
      {!isWhole && ordered.length > SHOWN_AT_FIRST && (
        <Button size="sm" variant="ghost" className="mt-1 -ml-2.5" onClick={() => setWhole(true)}>
          Show all {count(ordered.length)}
        </Button>
      )}
    </>
  );
}

function Row({ line, share, name }: { line: Line; share: number; name: ReactNode }) {
  const isZero = /^-?0(\.0*)?$/.test(line.difference);
  return (
    <tr className="hover:[&>*]:bg-hover">
      <th scope="row" className={cn(CELL, 'py-1.5 text-left font-normal')}>
        <span className="block truncate">{name}</span>
        <BeforeAfter {...line} />
      </th>
      <td className={cn(CELL, NUMBER, FOLDED, 'text-ink-2')}>
        <Count value={line.events} />
      </td>
      <td className={cn(CELL, NUMBER, FOLDED, 'text-ink-2')}>
        <Usd amount={line.before} />
      </td>
      <td className={cn(CELL, NUMBER, FOLDED)}>
        <Usd amount={line.after} />
      </td>
      <td aria-hidden className={cn(CELL, 'pl-8 max-lg:hidden')}>
        {share > 0 && (
          <span className="ml-auto block h-1.5 bg-line-2" style={{ width: `${Math.max(share * 100, 2)}%` }} />
        )}
      </td>
      <td className={cn(CELL, NUMBER, isZero && 'text-ink-3')}>
        <SignedUsd amount={line.difference} />
      </td>
    </tr>
  );
}

function BeforeAfter({ events, before, after }: { events?: number; before: string; after: string }) {
  return (
    <span className="figures block text-caption font-normal text-ink-3 sm:hidden">
      {events !== undefined && `${plural(events, 'call')}, `}
      <Usd amount={before} /> to <Usd amount={after} />
    </span>
  );
}
