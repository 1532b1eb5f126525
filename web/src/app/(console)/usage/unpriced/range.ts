import { type Month, monthName, monthOf, monthSpan } from '../../ledger/month';
import { describeRange, type Preset, resolveRange } from '../range';

export interface UnpricedRange {
  readonly from: Date;
  readonly to: Date;
  /** null = a preset. */
  readonly month: Month | null;
  readonly text: string;
}

/** One month of the ledger, the running one as far as it has come; else what the preset means at `now`. */
export function unpricedRange(month: string | null, preset: Preset, now: Date): UnpricedRange {
  if (month !== null && isBegun(month, now)) {
    const { from, to } = monthSpan(month);
    return { from, to: to > now ? now : to, month, text: `${monthName(month)}, UTC` };
  }
  const range = resolveRange(preset, { start: null, end: null }, now);
  return { from: range.from, to: range.to, month: null, text: describeRange(range) };
}

const isBegun = (month: string, now: Date) => /^\d{4}-(0[1-9]|1[0-2])$/.test(month) && month <= monthOf(now);
