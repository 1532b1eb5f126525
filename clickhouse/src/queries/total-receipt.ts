import { setTimeout } from 'node:timers/promises';
import { formatUsd, parseUsd } from '@weir/contracts';
import { z } from 'zod';
import type { Reader } from '../client.js';
import type { Scope, UsageFilter } from '../scope.js';
import { askWithin } from './cost-guard.js';
import { ratingLineRows } from './rating-lines.js';
import { type UsageTotals, usageTotals } from './usage-totals.js';

/** quantity x usdPerMillion / 1,000,000 = amount, exactly. */
export interface TotalReceiptLine {
  readonly provider: string;
  readonly providerType: string;
  readonly model: string;
  readonly bucket: string;
  /** null = no rate is known. */
  readonly usdPerMillion: string | null;
  readonly source: string;
  readonly rule: string | null;
  readonly quantity: bigint;
  /** null = these calls have no known cost. */
  readonly amount: string | null;
  readonly calls: number;
  /** Why there is no amount; null = there is one. */
  readonly unpricedReason: string | null;
  /** Start of the newest call with this line, UTC epoch ms, to the hour where it comes from the roll-up. */
  readonly lastAt: number;
}

export interface TotalReceipt {
  readonly totals: UsageTotals;
  readonly lines: readonly TotalReceiptLine[];
  /** Lines beyond `first`, and the sum of their amounts in USD. */
  readonly otherLines: number;
  readonly otherAmount: string;
  /** The amounts of all lines add up to `totals.spend` to the last digit. */
  readonly agrees: boolean;
}

export interface TotalReceiptOptions {
  readonly filter?: UsageFilter | undefined;
  readonly first: number;
}

const orNull = z.string().transform((text) => text || null);
const row = z.object({
  provider: z.string(),
  providerType: z.string(),
  model: z.string(),
  bucket: z.string(),
  usdPerMillion: orNull,
  source: z.string(),
  rule: orNull,
  quantity: z.string().transform(BigInt),
  amount: z.string(),
  calls: z.number(),
  unpricedReason: orNull,
  lastAt: z.number(),
  allLines: z.number(),
  allAmount: z.string(),
});

/** A batch reaches the sums and the lines one after the other; it is through both well before the last look. */
const LOOKS = 4;
const LOOK_AGAIN_MS = 150;

/** What the spend of a range is made of, biggest amount first; lines without an amount come last, most used first. */
export async function totalReceipt(reader: Reader, scope: Scope, options: TotalReceiptOptions): Promise<TotalReceipt> {
  // Looks that fall into different hours would read different ranges.
  const nowMs = Date.now();
  for (let look = 1; ; look++) {
    const [totals, lines] = await Promise.all([
      usageTotals(reader, scope, options.filter, nowMs),
      linesOf(reader, scope, options, nowMs),
    ]);
    const agrees = parseUsd(totals.spend) === lines.amount;
    if (!agrees && look < LOOKS) {
      await setTimeout(LOOK_AGAIN_MS);
      continue;
    }
    const { otherLines, otherAmount } = lines;
    return { totals, lines: lines.shown, otherLines, otherAmount: formatUsd(otherAmount), agrees };
  }
}

async function linesOf(reader: Reader, scope: Scope, { filter, first }: TotalReceiptOptions, nowMs: number) {
  const rows = ratingLineRows(scope, filter, nowMs);
  const found = await askWithin(reader, rows, {
    name: 'total-receipt',
    sql: `
      SELECT * REPLACE (toString(g.quantity) AS quantity, toString(g.amount) AS amount),
        count() OVER () AS allLines, toString(sum(g.amount) OVER ()) AS allAmount
      FROM (
        SELECT l.provider AS provider, l.provider_type AS providerType, l.model AS model, l.bucket AS bucket,
          l.usd_per_million AS usdPerMillion, l.source AS source, l.rule AS rule, l.unpriced_reason AS unpricedReason,
          sum(l.quantity) AS quantity, sum(l.amount) AS amount, sum(l.events) AS calls,
          toUnixTimestamp64Milli(max(l.last_at)) AS lastAt
        FROM ${rows.sql} AS l
        WHERE l.bucket != ''
        GROUP BY provider, providerType, model, bucket, usdPerMillion, source, rule, unpricedReason
        HAVING quantity != 0 OR amount != 0 OR calls != 0
      ) AS g
      ORDER BY g.unpricedReason != '', g.amount DESC, g.quantity DESC, g.provider, g.model, g.bucket, g.usdPerMillion, g.source, g.rule
      LIMIT {first:UInt32}`,
    params: { ...rows.params, first },
    row,
  });
  const amount = parseUsd(found[0]?.allAmount ?? '0');
  const shown = found.reduce((sum, line) => sum + parseUsd(line.amount), 0n);
  return {
    shown: found.map(({ allLines: _, allAmount: __, ...line }) => ({
      ...line,
      amount: hasAmount(line) ? line.amount : null,
    })),
    amount,
    otherLines: (found[0]?.allLines ?? 0) - found.length,
    otherAmount: amount - shown,
  };
}

/** Where the upstream stated the cost there is an amount without a rate; its tokens have neither. */
function hasAmount({
  unpricedReason,
  source,
  usdPerMillion,
}: Pick<TotalReceiptLine, 'unpricedReason' | 'source' | 'usdPerMillion'>) {
  return unpricedReason === null && (usdPerMillion !== null || source === 'upstream');
}
