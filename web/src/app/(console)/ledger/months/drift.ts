import { fromScaled, toScaled } from '../../../../decimal';

interface Closed {
  readonly spend: string;
  readonly calls: number;
  readonly spendAtClose: string | null;
  readonly callsAtClose: number | null;
}

export interface Drift {
  readonly spend: string;
  readonly calls: number;
}

/** What a month has gained or lost since it was closed; null while it never was, or where nothing moved. */
export function driftOf({ spend, calls, spendAtClose, callsAtClose }: Closed): Drift | null {
  if (spendAtClose === null || callsAtClose === null) return null;
  const drift = { spend: fromScaled(toScaled(spend) - toScaled(spendAtClose)), calls: calls - callsAtClose };
  return toScaled(drift.spend) === 0n && drift.calls === 0 ? null : drift;
}
