import { WeirError } from '@weir/contracts';
import { ReportTooBig } from './hold.js';

const LONGEST_WAIT_SECONDS = 30;

/** What to do about a report that could not be made. `wait` = the figures may come back; `unknown` = it is our own fault. */
export type Remedy = { readonly kind: 'fail' | 'wait'; readonly problem: string } | { readonly kind: 'unknown' };

export function remedyFor(error: unknown, patienceSeconds: number): Remedy {
  if (error instanceof ReportTooBig) return { kind: 'fail', problem: error.message };
  if (!(error instanceof WeirError)) return { kind: 'unknown' };
  if (error.code === 'QUERY_LIMIT') {
    const problem =
      'This takes more time or memory than a report may. Choose fewer dimensions, a filter or a shorter range.';
    return { kind: 'fail', problem };
  }
  if (error.retryable) {
    const problem = `The usage store (ClickHouse) does not answer; the report goes on by itself once it does, for up to ${lengthOf(patienceSeconds)}.`;
    return { kind: 'wait', problem };
  }
  if (error.code.startsWith('CLICKHOUSE_')) {
    const problem = `The usage store (ClickHouse) refused the question (${error.code}). The control plane’s log says which; tell the operator.`;
    return { kind: 'fail', problem };
  }
  return { kind: 'unknown' };
}

export function outOfPatience(patienceSeconds: number): string {
  return `The usage store (ClickHouse) did not answer for ${lengthOf(patienceSeconds)}. Ask the operator whether it runs, then order the report again.`;
}

/** Longer each time, so that a store that is coming up is not run over. */
export function waitSeconds(stalledSeconds: number): number {
  return Math.min(1 + stalledSeconds / 4, LONGEST_WAIT_SECONDS);
}

function lengthOf(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} minutes`;
}
