import { WeirError } from '@weir/contracts';
import { inScope, type Scope } from '../scope.js';
import { linesOf, type Streamed, type Streamer } from '../stream.js';
import type { AsOf } from './rollup.js';

/** Hours that are added to keep coming only where clocks of proxies are far off; each is met once. */
const MAX_TRIES = 50;

/** The clock of the store, UTC epoch ms: what `storedByMs` is compared with. */
export async function storeTime(streamer: Streamer, signal?: AbortSignal): Promise<number> {
  const [now = 0] = await numbersOf(
    streamer.stream({
      name: 'store-time',
      sql: "SELECT toUnixTimestamp64Milli(now64(3, 'UTC'))",
      params: {},
      format: 'JSONCompactEachRow',
      signal,
    }),
  );
  return now;
}

/**
 * The answer to a question about what was stored by a time, whatever is stored meanwhile. Sums know no time of storing, so
 * hours that anything was added to since are read from the rows. Whether there are more of them is asked again once the
 * answer has begun: rows are stored before the sums that they are added to, and an answer is of what there was when it
 * began, so without a new late hour none of its sums has anything late in it. @throws WeirError as `Streamer.stream`
 */
export async function* unchanged(
  streamer: Streamer,
  scope: Scope,
  storedByMs: number,
  signal: AbortSignal | undefined,
  ask: (asOf: AsOf) => Streamed,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const lateHours = await lateHoursOf(streamer, scope, storedByMs, signal);
    const answer = streamer.stream({ ...ask({ storedByMs, lateHours }), signal });
    try {
      const first = await answer.next();
      const since = await lateHoursOf(streamer, scope, storedByMs, signal);
      if (since.some((hour) => !lateHours.includes(hour))) continue;
      if (first.done) return;
      yield first.value;
      yield* answer;
      return;
    } finally {
      await answer.return();
    }
  }
  throw new WeirError('CLICKHOUSE_BUSY', 'usage-report: hours of the range are added to all the time', {
    retryable: true,
  });
}

/** Starts of the hours that calls or money was added to after a time, UTC epoch ms. */
function lateHoursOf(
  streamer: Streamer,
  scope: Scope,
  storedByMs: number,
  signal: AbortSignal | undefined,
): Promise<number[]> {
  const range = inScope(scope, 'started_at');
  const late = (column: string) => `${column} > fromUnixTimestamp64Milli({storedBy:Int64}, 'UTC')`;
  const hours = (table: string, column: string) =>
    `SELECT DISTINCT toUnixTimestamp(toStartOfHour(started_at)) AS hour FROM ${table} WHERE ${range.sql} AND ${late(column)}`;
  return numbersOf(
    streamer.stream({
      name: 'late-hours',
      sql: `SELECT DISTINCT toInt64(hour) * 1000 FROM (${hours('usage_events_v1', 'stored_at')} UNION ALL ${hours('ratings_v1', 'rated_at')})`,
      params: { ...range.params, storedBy: storedByMs },
      format: 'JSONCompactEachRow',
      signal,
    }),
  );
}

async function numbersOf(chunks: AsyncIterable<Uint8Array>): Promise<number[]> {
  const found: number[] = [];
  for await (const line of linesOf(chunks)) {
    const value = Number(/^\["?(\d+)"?\]$/.exec(line)?.[1]);
    if (Number.isNaN(value))
      throw new WeirError('CLICKHOUSE_ANSWER', 'late-hours: the answer broke off', { retryable: true });
    found.push(value);
  }
  return found;
}
