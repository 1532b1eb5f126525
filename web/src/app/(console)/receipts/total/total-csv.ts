import { toCsv } from '../../../../csv';
import type { TotalLine } from './total-lines';

const HEADER = [
  'provider',
  'model',
  'bucket',
  'quantity',
  'usd_per_million',
  'amount_usd',
  'rule',
  'rate_from',
  'rate_as_of',
  'rate_url',
  'price_version',
  'calls',
  'unpriced_reason',
];

interface Lines {
  readonly lines: readonly TotalLine[];
  readonly unpriced: readonly TotalLine[];
  readonly rest: { readonly lines: number | null; readonly amount: string } | null;
}

/** The lines of a receipt, one a row, exact. What is not listed is a row of its own, so that the column still adds up. */
export function totalCsv({ lines, unpriced, rest }: Lines): string {
  const rows = [...lines, ...unpriced].map((line) => [
    line.provider,
    line.model,
    line.bucket,
    String(line.quantity),
    line.usdPerMillion ?? 'unknown',
    line.amount ?? 'unpriced',
    line.rule ?? '',
    line.origin.kind === 'OVERRIDE' ? `override by ${line.origin.by ?? 'unknown'}` : line.origin.label,
    line.origin.asOf ?? line.origin.at ?? '',
    line.origin.url ?? '',
    line.origin.priceVersion ?? '',
    String(line.calls),
    line.unpricedReason ?? '',
  ]);
  const notListed = rest ? [['', '', 'not listed', '', '', rest.amount, '', '', '', '', '', '', '']] : [];
  return toCsv([HEADER, ...rows, ...notListed]);
}
