'use client';
import { Download, Printer } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { count, exactTime } from '@/format';
import { receiptText } from '../receipt-text';
import { download } from './download';
import { totalCsv } from './total-csv';
import type { TotalAsked } from './total-details';
import { groupsOf, type Shown } from './total-lines';

interface TotalToolsProps {
  asked: TotalAsked;
  shown: Shown;
  receipt: { readonly calls: number; readonly attempts: number; readonly unpricedCalls: number };
}

/** What the sum is narrowed to, a line each. */
function filterLines({ tags, withDeleted, ...lists }: TotalAsked['filter']): [string, string][] {
  return [
    ...Object.entries(lists).flatMap(([name, values]): [string, string][] =>
      values?.length ? [[name, values.join(', ')]] : [],
    ),
    ...(tags ?? []).map(({ key, values }): [string, string] => [`tag ${key}`, values.join(', ')]),
    ...(withDeleted === false ? [['deleted providers', 'left out'] as [string, string]] : []),
  ];
}

/** The ways to take a receipt along. */
export function TotalTools({ asked, shown, receipt }: TotalToolsProps) {
  const { range, filter, title } = asked;
  const day = (at: string) => at.slice(0, 10);
  const file = `weir-receipt-${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${day(range.from)}-to-${day(range.to)}.csv`;
  const text = receiptText({
    title,
    head: [
      ['From', exactTime(range.from)],
      ['Until', exactTime(range.to)],
      ...filterLines(filter),
      ['Calls', count(receipt.calls)],
      ['Attempts', count(receipt.attempts)],
      ['Unpriced, in no sum', count(receipt.unpricedCalls)],
    ],
    groups: groupsOf(shown.lines),
    total: shown.total,
    rest: shown.rest,
    foot: [shown.agrees ? 'Agrees with the roll-up to the last digit.' : 'Does not agree with the roll-up.'],
  });
  const json = JSON.stringify({ range, filter, part: asked.part, ...receipt, ...shown }, null, 2);
  return (
    <>
      <Button size="sm" icon={<Download aria-hidden />} onClick={() => download(file, totalCsv(shown))}>
        Download lines
      </Button>
      <CopyButton withText text={text} label="Copy as text" />
      <CopyButton withText text={json} label="Copy as JSON" />
      <Button size="sm" icon={<Printer aria-hidden />} onClick={() => window.print()}>
        Print
      </Button>
    </>
  );
}
