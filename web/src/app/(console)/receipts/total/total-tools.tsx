'use client';
import { Download, Printer } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { count, exactTime } from '@/format';
import { download } from '../../usage/csv-export';
import { receiptText } from '../receipt-text';
import { totalCsv } from './total-csv';
import type { TotalAsked } from './total-details';
import { groupsOf, type Shown } from './total-lines';

interface TotalToolsProps {
  asked: TotalAsked;
  shown: Shown;
  receipt: { readonly calls: number; readonly attempts: number; readonly unpricedCalls: number };
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
      ...Object.entries(filter).map(([name, values]) => [name, values?.length ? values.join(', ') : null] as const),
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
