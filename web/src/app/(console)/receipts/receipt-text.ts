import { count, plural, usdExact } from '../../../format';
import { bucketLabel } from '../providers/models/buckets';
import type { Line, LineGroup } from './receipt';
import { originText, reasonText, ruleText, statusText } from './wording';

/** What is written above the lines: label and value. */
export type Head = readonly (readonly [label: string, value: string | null])[];

interface Printed {
  readonly title: string;
  readonly head: Head;
  readonly groups: readonly LineGroup[];
  /** null = unpriced. */
  readonly total: string | null;
  readonly rest?: { readonly lines: number | null; readonly amount: string } | null;
  readonly foot?: readonly (string | null)[];
}

/** A receipt as plain text in columns, for a mail or a ticket. Every amount has all of its digits. */
export function receiptText({ title, head, groups, total, rest = null, foot = [] }: Printed): string {
  const rows = groups.flatMap(({ lines }) => lines.map(cellsOf));
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0), 0));
  const wide = Math.max(...head.map(([label]) => label.length)) + 2;
  const print = (line: Line) => {
    const [bucket = '', quantity = '', rate = '', amount = ''] = cellsOf(line);
    const notes = [originText(line.origin), ruleText(line)].filter(Boolean).join('. ');
    return [
      `${bucket.padEnd(widths[0] ?? 0)}  ${quantity.padStart(widths[1] ?? 0)} x ${rate.padStart(widths[2] ?? 0)} / 1M = ${amount.padStart(widths[3] ?? 0)}`,
      `    ${notes}`,
    ];
  };
  return [
    title,
    '',
    ...head.flatMap(([label, value]) => (value === null ? [] : [`${`${label}:`.padEnd(wide)}${value}`])),
    '',
    ...groups.flatMap((group) => [
      ...(group.title ? [`${group.title.model} on ${group.title.provider}`] : []),
      ...group.lines.flatMap(print),
    ]),
    ...(rest
      ? [
          `${rest.lines === null ? 'More lines' : plural(rest.lines, 'more line')}, not listed: ${usdExact(rest.amount)}`,
        ]
      : []),
    `Total: ${usdExact(total)}`,
    ...foot.filter((line) => line !== null),
    '',
  ].join('\n');
}

function cellsOf({ bucket, quantity, usdPerMillion, amount }: Line): string[] {
  return [
    bucketLabel(bucket),
    count(quantity),
    usdPerMillion === null ? 'unknown' : usdExact(usdPerMillion),
    amount === null ? 'unknown' : usdExact(amount),
  ];
}

/** Status and reason of a rating as one line. */
export const standingText = (status: string, reason: string | null): string =>
  [statusText(status), reasonText(reason)].filter(Boolean).join(' ');
