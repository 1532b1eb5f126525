import { z } from 'zod';
import type { Reader } from '../client.js';
import { EVENT_COLUMNS, inFilter, inScope, type Scope, type UsageFilter } from '../scope.js';
import { usageEventRow } from '../tables/usage-events.js';

/** Place of an event in the order of the tables. */
export interface LedgerKey {
  /** UTC epoch ms. */
  readonly startedAt: number;
  readonly eventId: string;
}

/** A stored event, every column as it was sent. */
export const ledgerEvent = usageEventRow.extend({
  /** UTC epoch ms. */
  startedAt: z.number().int(),
});
export type LedgerEvent = z.output<typeof ledgerEvent>;

const COLUMNS = Object.keys(usageEventRow.shape);

/** The next events of a range in the order of the table, after `after`. */
export function eventsPage(
  reader: Reader,
  scope: Scope,
  options: { readonly filter: UsageFilter; readonly after: LedgerKey | null; readonly first: number },
): Promise<LedgerEvent[]> {
  const { filter, after, first } = options;
  const range = inScope(scope, 'started_at');
  const narrow = inFilter(filter, EVENT_COLUMNS);
  return reader.query({
    name: 'ledger-events-page',
    sql: `SELECT ${COLUMNS.join(', ')}, toUnixTimestamp64Milli(started_at) AS startedAt FROM usage_events_v1 AS e
      WHERE ${range.sql}${narrow.sql}${beyond(after)}
      ORDER BY started_at, event_id LIMIT {first:UInt32}`,
    params: { ...range.params, ...narrow.params, ...keyParams(after), first },
    row: ledgerEvent,
  });
}

export async function countEvents(reader: Reader, scope: Scope, filter: UsageFilter): Promise<number> {
  const range = inScope(scope, 'started_at');
  const narrow = inFilter(filter, EVENT_COLUMNS);
  const [found] = await reader.query({
    name: 'ledger-events-count',
    sql: `SELECT count() AS events FROM usage_events_v1 AS e WHERE ${range.sql}${narrow.sql}`,
    params: { ...range.params, ...narrow.params },
    row: z.object({ events: z.number().int() }),
  });
  return found?.events ?? 0;
}

/** Begins with ` AND` where there is a key to go beyond. The first comparison is what the index understands. */
export function beyond(after: LedgerKey | null): string {
  const at = "fromUnixTimestamp64Milli({afterMs:Int64}, 'UTC')";
  return after ? ` AND started_at >= ${at} AND (started_at, event_id) > (${at}, {afterId:UUID})` : '';
}

export function keyParams(after: LedgerKey | null): Record<string, unknown> {
  return after ? { afterMs: after.startedAt, afterId: after.eventId } : {};
}
