import { createClient } from '@clickhouse/client';
import type { StoredEvent } from './ledgers.js';

/** What ClickHouse holds, asked in plain SQL so that it does not depend on the queries under test. */
export interface Books {
  events(): Promise<StoredEvent[]>;
  /** Events, ratings and roll-up must tell the same story. */
  totals(): Promise<BookTotals>;
  quarantined(): Promise<number>;
  /** Batches that have another number of ratings than of events: `batch: events/ratings`. */
  unevenBatches(): Promise<string[]>;
  ask<T>(sql: string): Promise<T[]>;
  close(): Promise<void>;
}

export interface BookTotals {
  readonly events: number;
  readonly distinctEvents: number;
  readonly ratings: number;
  readonly distinctRatings: number;
  readonly rollUpCalls: number;
  readonly rollUpRated: number;
  readonly eventTokens: string;
  readonly rollUpTokens: string;
  readonly ratingSpend: string;
  readonly rollUpSpend: string;
}

const TOKENS = 'ifNull(input_tokens, 0) + ifNull(cached_input_tokens, 0) + ifNull(output_tokens, 0)';

const TOTALS = `
SELECT
  (SELECT count() FROM usage_events_v1) AS events,
  (SELECT uniqExact(event_id) FROM usage_events_v1) AS distinctEvents,
  (SELECT count() FROM ratings_v1) AS ratings,
  (SELECT uniqExact(event_id) FROM ratings_v1) AS distinctRatings,
  (SELECT sum(attempts) FROM usage_per_hour_v1) AS rollUpCalls,
  (SELECT sum(rated_calls) FROM usage_per_hour_v1) AS rollUpRated,
  (SELECT toString(sum(${TOKENS})) FROM usage_events_v1) AS eventTokens,
  (SELECT toString(sum(input_tokens + cached_input_tokens + output_tokens)) FROM usage_per_hour_v1) AS rollUpTokens,
  (SELECT toString(sum(ifNull(total, 0))) FROM ratings_v1) AS ratingSpend,
  (SELECT toString(sum(spend)) FROM usage_per_hour_v1) AS rollUpSpend`;

const COUNTS = ['events', 'distinctEvents', 'ratings', 'distinctRatings', 'rollUpCalls', 'rollUpRated'] as const;

export function openBooks(clickhouseUrl: string): Books {
  const client = createClient({ url: clickhouseUrl });
  const rows = async <T>(query: string): Promise<T[]> => {
    const result = await client.query({ query, format: 'JSONEachRow' });
    return result.json<T>();
  };
  return {
    events: () =>
      rows<StoredEvent>(`
        SELECT toString(event_id) AS eventId, conversation, outcome,
               toFloat64(input_tokens) AS input, toFloat64(output_tokens) AS output
        FROM usage_events_v1`),
    async totals() {
      const [row] = await rows<Record<string, unknown>>(TOTALS);
      const counts = Object.fromEntries(COUNTS.map((name) => [name, Number(row?.[name])]));
      return { ...row, ...counts } as unknown as BookTotals;
    },
    async quarantined() {
      const [row] = await rows<{ n: string }>('SELECT count() AS n FROM quarantined_events_v1');
      return Number(row?.n);
    },
    async unevenBatches() {
      const uneven = await rows<{ text: string }>(`
        SELECT concat(batch_id, ': ', toString(sum(e)), '/', toString(sum(r))) AS text FROM (
          SELECT batch_id, 1 AS e, 0 AS r FROM usage_events_v1
          UNION ALL SELECT batch_id, 0 AS e, 1 AS r FROM ratings_v1
        ) GROUP BY batch_id HAVING sum(e) != sum(r)`);
      return uneven.map(({ text }) => text);
    },
    ask: rows,
    close: () => client.close(),
  };
}
