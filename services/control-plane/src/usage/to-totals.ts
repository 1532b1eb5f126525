import type { UsageTotals } from '@weir/clickhouse';
import type { UsageTotalsType } from './usage.types.js';

/** Between the insert of a rating and of its event a difference can dip below nothing for a moment. */
export const atLeastNone = (count: number): number => Math.max(0, count);

export function toTotals(totals: UsageTotals): UsageTotalsType {
  return {
    ...totals,
    unpricedCalls: atLeastNone(totals.unpricedCalls),
    freeCalls: atLeastNone(totals.freeCalls),
    callsWithoutUsage: atLeastNone(totals.callsWithoutUsage),
  };
}
