import type { Books } from '../../../e2e/books.js';
import type { MeterName } from '../../case/expectation.js';

/** Columns of the meters. */
export const METER_COLUMNS: Readonly<Record<MeterName, string>> = {
  input: 'input_tokens',
  cachedInput: 'cached_input_tokens',
  cachedAudioInput: 'cached_audio_input_tokens',
  cacheWrite5m: 'cache_write_5m_tokens',
  cacheWrite1h: 'cache_write_1h_tokens',
  cacheWriteUnknown: 'cache_write_unknown_tokens',
  output: 'output_tokens',
  reasoning: 'reasoning_tokens',
  toolUseInput: 'tool_use_input_tokens',
  audioInput: 'audio_input_tokens',
  audioOutput: 'audio_output_tokens',
  imageInput: 'image_input_tokens',
  imageOutput: 'image_output_tokens',
};

export interface StoredEvent extends Readonly<Record<string, unknown>> {
  readonly event_id: string;
  readonly call_id: string;
  readonly attempt: number;
  readonly provider: string;
  readonly endpoint: string;
  readonly streamed: boolean;
  readonly outcome: string;
  readonly error_code: string | null;
  readonly requested_model: string | null;
  readonly served_model: string | null;
  readonly service_tier: string | null;
  readonly user: string | null;
  readonly abort_action: string | null;
  readonly usage_source: string;
  readonly estimator: string | null;
  readonly estimated_meters: readonly string[];
  readonly provider_stated_cost_usd: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly other_meters: Readonly<Record<string, string | number>>;
}

export interface StoredRating {
  readonly event_id: string;
  readonly sign: number;
  readonly status: string;
  readonly reason: string | null;
  readonly total: string | null;
  readonly parts: string;
  readonly lines: string;
}

export interface StoredBooks {
  readonly events: readonly StoredEvent[];
  readonly ratings: ReadonlyMap<string, readonly StoredRating[]>;
}

/** What ClickHouse holds, in plain SQL, so that it does not depend on the queries that the console is answered by. */
export async function readStored(books: Books): Promise<StoredBooks> {
  const events = await books.ask<StoredEvent>('SELECT * FROM usage_events_v1 ORDER BY started_at, event_id');
  const ratings = await books.ask<StoredRating>(`
    SELECT toString(event_id) AS event_id, sign, status, reason, toString(total) AS total, lines,
           toString(amount_input + amount_cached_input + amount_cache_write + amount_output + amount_reasoning
                    + amount_other) AS parts
    FROM ratings_v1`);
  return { events, ratings: Map.groupBy(ratings, ({ event_id }) => event_id) };
}

/** Absent = NULL = unknown. Counts come as text, since they may be larger than JSON's numbers are safe for. */
export function metersOf(event: StoredEvent): Partial<Record<MeterName, number>> {
  const known = Object.entries(METER_COLUMNS).filter(([, column]) => event[column] !== null);
  return Object.fromEntries(known.map(([meter, column]) => [meter, Number(event[column])]));
}
