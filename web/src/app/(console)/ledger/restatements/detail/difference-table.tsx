'use client';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Count, SignedUsd, Usd } from '@/components/ui/figure';
import { Skeleton } from '@/components/ui/skeleton';
import { count } from '@/format';
import { bySize, type Line, shareOf, totalOf } from './lines';

interface DifferenceTableProps {
  label: string;
  header: string;
  /** undefined = not known yet. */
  lines: readonly Line[] | undefined;
  nameOf: (key: string) => ReactNode;
}

const HEAD = 'h-8 px-3 text-caption font-normal whitespace-nowrap text-ink-3 first:pl-0 last:pr-0';
const CELL = 'h-row border-t border-line px-3 first:pl-0 last:pr-0';
const NUMBER = 'figures text-right whitespace-nowrap';
const SHOWN_AT_FIRST = 20;
const SKELETON_ROWS = 3;

/** Lines of one dimension, the largest change first, and their sum. */
export function DifferenceTable({ label, header, lines, nameOf }: DifferenceTableProps) {
  const [isWhole, setWhole] = useState(false);
  const ordered = bySize(lines ?? []);
  const shown = isWhole ? ordered : ordered.slice(0, SHOWN_AT_FIRST);
  const total = totalOf(ordered);
  const largest = ordered[0]?.difference ?? '0';
  if (lines?.length === 0) return <p className="text-ink-2">Nothing in range.</p>;
  return (
    <>
      {/* Reachable by keyboard, since it scrolls on a phone. */}
      <section
        aria-label={`${label}, scrolls`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
        className="focus-inside relative overflow-x-auto"
      >
        <table aria-label={label} aria-busy={lines === undefined} className="w-full min-w-[560px] text-table">
          <thead>
            <tr>
              <th scope="col" className={cn(HEAD, 'w-2/5 text-left')}>
                {header}
              </th>
              {['Calls', 'Before', 'After', 'Difference'].map((name) => (
                <th key={name} scope="col" className={cn(HEAD, 'text-right')}>
                  {name}
                  {name !== 'Calls' && <span className="ml-1 text-ink-3">USD</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines === undefined
              ? Array.from({ length: SKELETON_ROWS }, (_, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move.
                  <tr key={index}>
                    <td colSpan={5} className={CELL}>
                      <Skeleton className="w-full" />
                    </td>
                  </tr>
                ))
              : shown.map((line) => (
                  <Row
                    key={line.key}
                    line={line}
                    largest={largest}
                    name={line.other ? 'All others' : nameOf(line.key)}
                  />
                ))}
          </tbody>
          {ordered.length > 1 && (
            <tfoot>
              <tr className="font-medium">
                <th scope="row" className={cn(CELL, 'border-line-2 text-left font-medium')}>
                  Total
                </th>
                {/* A call has several buckets: counts of calls do not add up over lines. */}
                <td className={cn(CELL, 'border-line-2')} />
                <td className={cn(CELL, NUMBER, 'border-line-2')}>
                  <Usd amount={total.before} />
                </td>
                <td className={cn(CELL, NUMBER, 'border-line-2')}>
                  <Usd amount={total.after} />
                </td>
                <td className={cn(CELL, NUMBER, 'border-line-2')}>
                  <Change difference={total.difference} />
                </td>
              </tr>
            </tfoot>
          )}
        </table>
      </section>
      {!isWhole && ordered.length > SHOWN_AT_FIRST && (
        <Button size="sm" variant="ghost" className="mt-1 -ml-2.5" onClick={() => setWhole(true)}>
          Show all {count(ordered.length)}
        </Button>
      )}
    </>
  );
}

function Row({ line, largest, name }: { line: Line; largest: string; name: ReactNode }) {
  const share = shareOf(line.difference, largest);
  return (
    <tr className="hover:[&>*]:bg-hover">
      <th scope="row" className={cn(CELL, 'max-w-80 truncate text-left font-normal')}>
        {name}
      </th>
      <td className={cn(CELL, NUMBER, 'text-ink-2')}>
        <Count value={line.events} />
      </td>
      <td className={cn(CELL, NUMBER, 'text-ink-2')}>
        <Usd amount={line.before} />
      </td>
      <td className={cn(CELL, NUMBER)}>
        <Usd amount={line.after} />
      </td>
      <td className={cn(CELL, NUMBER, 'relative')}>
        <Change difference={line.difference} />
        {share > 0 && (
          <span
            aria-hidden
            className="absolute right-0 bottom-0.5 h-0.5 bg-accent"
            style={{ width: `${Math.max(share * 100, 2)}%` }}
          />
        )}
      </td>
    </tr>
  );
}

function Change({ difference }: { difference: string }) {
  const isZero = /^-?0(\.0*)?$/.test(difference);
  const Arrow = difference.startsWith('-') ? ArrowDown : ArrowUp;
  return (
    <span className={cn('inline-flex items-center gap-1', isZero && 'text-ink-3')}>
      {!isZero && <Arrow aria-hidden className="size-3.5 text-ink-3" />}
      <SignedUsd amount={difference} />
    </span>
  );
}
