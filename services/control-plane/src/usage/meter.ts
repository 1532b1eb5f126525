/** Sums over all journals as the proxies last reported them. */
export interface JournalTotals {
  readonly appended: number;
  readonly confirmed: number;
}

export interface MeterReading {
  readonly served: number;
  readonly stored: number;
  readonly quarantined: number;
  readonly onTheirWay: number;
  readonly agree: boolean;
}

/**
 * Compares what the journals say was served with what ClickHouse holds.
 *
 * The two are never read at the same instant, and a batch is stored a moment before its journal knows. Counts only
 * rise, so with `before` read ahead of the counting and `after` reported later than it, an honest system satisfies
 *
 *     before.confirmed <= stored + quarantined <= after.appended
 *
 * Below that something confirmed is missing; above it something is there twice. In between, what is served and not
 * there yet is on its way, and it is no more than the journals still hold unconfirmed. At rest (`confirmed` equals
 * `appended`) the interval is one number and the comparison exact.
 */
export function readMeter(
  before: JournalTotals,
  counted: { readonly stored: number; readonly quarantined: number },
  after: JournalTotals,
): MeterReading {
  const { stored, quarantined } = counted;
  const arrived = stored + quarantined;
  const served = after.appended;
  const agree = before.confirmed <= arrived && arrived <= served;
  const onTheirWay = agree ? served - arrived : Math.max(0, served - after.confirmed);
  return { served, stored, quarantined, onTheirWay, agree };
}
