import { compareDecimals, fromScaled, sumDecimals, toScaled } from '../../../../decimal';
import { checkOf } from '../arithmetic';
import type { Line, LineGroup } from '../receipt';
import { type Part, partOfBucket } from './parts';

/** Calls of one model of one provider that have a bucket at the same rate, by the same rule and from the same source. */
export interface TotalLine extends Line {
  readonly provider: string;
  readonly model: string;
  readonly calls: number;
  /** Why the cost of these calls is unknown; null: it is known. */
  readonly unpricedReason: string | null;
}

export interface Total {
  readonly total: string;
  readonly lines: readonly TotalLine[];
  readonly otherLines: number;
  readonly otherAmount: string;
  /** All lines, those not listed too, add up to the roll-up's figure; as the control plane found. */
  readonly agrees: boolean;
}

export interface Shown {
  /** The figure that was opened. */
  readonly total: string;
  readonly lines: readonly TotalLine[];
  /** Lines of calls whose cost is not known: they are in no sum. */
  readonly unpriced: readonly TotalLine[];
  /** What is in the figure and not listed. `lines` null: how many is not known of a part of a total. */
  readonly rest: { readonly lines: number | null; readonly amount: string } | null;
  readonly agrees: boolean;
}

/** What a receipt of a total, or of one part of it, lists. `parts` are the roll-up's sums. */
export function shownOf(receipt: Total, part: Part | null, parts: Readonly<Record<Part, string>>): Shown {
  const inPart = receipt.lines.filter(({ bucket }) => part === null || partOfBucket(bucket) === part);
  const lines = inPart.filter(({ amount, unpricedReason }) => amount !== null && unpricedReason === null);
  const unpriced = inPart.filter((line) => !lines.includes(line));
  const hasRest = receipt.otherLines > 0;
  if (part === null) {
    const rest = hasRest ? { lines: receipt.otherLines, amount: receipt.otherAmount } : null;
    const { addsUp } = checkOf(lines, receipt.total, rest?.amount);
    return { total: receipt.total, lines, unpriced, rest, agrees: receipt.agrees && addsUp };
  }
  const total = parts[part];
  const listed = sumDecimals(lines.flatMap(({ amount }) => amount ?? []));
  const amount = fromScaled(toScaled(total) - toScaled(listed));
  const rest = hasRest && toScaled(amount) !== 0n ? { lines: null, amount } : null;
  const { addsUp } = checkOf(lines, total, rest?.amount);
  return { total, lines, unpriced, rest, agrees: receipt.agrees && addsUp };
}

/** Lines under the model they are of, the dearest model first. */
export function groupsOf(lines: readonly TotalLine[]): LineGroup<TotalLine>[] {
  const byModel = new Map<string, TotalLine[]>();
  for (const line of lines) {
    const key = `${line.provider} ${line.model}`;
    byModel.set(key, [...(byModel.get(key) ?? []), line]);
  }
  const groups = [...byModel].map(([key, own]) => ({
    key,
    title: { provider: own[0]?.provider ?? '', model: own[0]?.model || 'no model' },
    lines: own,
    sum: sumDecimals(own.flatMap(({ amount }) => amount ?? [])),
  }));
  return groups
    .toSorted((a, b) => compareDecimals(b.sum, a.sum))
    .map(({ key, title, lines: own }) => ({ key, title, lines: own }));
}
