import type { System } from '../../e2e/system.js';
import type { ScaleRecord } from './compare.js';

interface Row {
  readonly stream: string;
  readonly usageSource: string;
  readonly outcome: string;
  readonly abortAction: string | null;
  readonly input: string;
  readonly cachedInput: string;
  readonly cacheWrite5m: string;
  readonly cacheWrite1h: string;
  readonly output: string;
  readonly total: string | null;
  readonly status: string;
}

/** Every event of a run with its rating, in plain SQL. An event without a rating, or with two, is as many rows. */
export async function readRecords({ books }: System): Promise<ScaleRecord[]> {
  const rows = await books.ask<Row>(`
    SELECT e.tags['stream'] AS stream, e.usage_source AS usageSource, e.outcome AS outcome, e.abort_action AS abortAction,
           toString(ifNull(e.input_tokens, 0)) AS input, toString(ifNull(e.cached_input_tokens, 0)) AS cachedInput,
           toString(ifNull(e.cache_write_5m_tokens, 0)) AS cacheWrite5m,
           toString(ifNull(e.cache_write_1h_tokens, 0)) AS cacheWrite1h,
           toString(ifNull(e.output_tokens, 0)) AS output, toString(r.total) AS total, r.status AS status
    FROM usage_events_v1 AS e LEFT JOIN ratings_v1 AS r ON r.event_id = e.event_id`);
  return rows.map(({ stream, usageSource, outcome, abortAction, total, status, ...counts }) => ({
    ...{ index: stream === '' ? -1 : Number(stream), usageSource, outcome, abortAction, total, status },
    tokens: {
      input: Number(counts.input),
      cachedInput: Number(counts.cachedInput),
      cacheWrite5m: Number(counts.cacheWrite5m),
      cacheWrite1h: Number(counts.cacheWrite1h),
      output: Number(counts.output),
    },
  }));
}

/** What else must tell the same: the roll-up, and the receipt of the whole. */
export async function faultsOfTotals(system: System, from: number, to: number, streams: number): Promise<string[]> {
  const { books, console } = system;
  const totals = await books.totals();
  const range = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  const { totalReceipt } = await console.ask<{
    totalReceipt: { total: string; calls: number; attempts: number; agrees: boolean };
  }>('query($range: TimeRange!) { totalReceipt(range: $range, first: 100) { total calls attempts agrees } }', {
    range,
  });
  const expected: [string, unknown, unknown][] = [
    ['events', totals.events, streams],
    ['distinct events', totals.distinctEvents, streams],
    ['ratings', totals.ratings, streams],
    ['distinct ratings', totals.distinctRatings, streams],
    ['calls of the roll-up', totals.rollUpCalls, streams],
    ['rated calls of the roll-up', totals.rollUpRated, streams],
    ['tokens of the roll-up', totals.rollUpTokens, totals.eventTokens],
    ['spend of the roll-up', totals.rollUpSpend, totals.ratingSpend],
    ['total of the receipt', decimal(totalReceipt.total), decimal(totals.ratingSpend)],
    ['attempts of the receipt', totalReceipt.attempts, streams],
    ['receipt agrees with the roll-up', totalReceipt.agrees, true],
  ];
  return expected
    .filter(([, got, wanted]) => got !== wanted)
    .map(([what, got, wanted]) => `${what}: ${got}, not ${wanted}`);
}

/** Without zeros at its end. */
const decimal = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
