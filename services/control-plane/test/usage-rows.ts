import { type RatingRow, ratingsTable, type UsageEventRow, usageEventsTable, writer } from '@weir/clickhouse';
import { newId } from '@weir/contracts';

/** What a test says about a call; everything else is made up. `usd` null = unpriced. */
export interface Recorded {
  readonly projectId: string;
  readonly at: number;
  readonly usd: string | null;
  readonly event?: Partial<UsageEventRow>;
  readonly rating?: Partial<RatingRow>;
}

function toEvent({ projectId, at, event }: Recorded): UsageEventRow {
  return {
    ...{ project_id: projectId, started_at: new Date(at).toISOString().replace('T', ' ').slice(0, 23) },
    ...{ event_id: newId(), call_id: newId(), attempt: 1, environment: 'production' },
    ...{ provider: 'alpha', provider_id: newId(), provider_type: 'openai', endpoint: 'chat.completions' },
    ...{ method: 'POST', path: '/v1/chat/completions', requested_model: 'gpt-x', served_model: 'gpt-x' },
    ...{ service_tier: null, streamed: false, app_id: newId(), app: 'shop', token_id: newId() },
    ...{
      user: null,
      agent: null,
      tags: {},
      conversation: null,
      trace_id: null,
      outcome: 'completed',
      error_code: null,
    },
    ...{ status: 200, upstream_status: 200, upstream_request_id: null, first_byte_ms: 1.5, first_token_ms: null },
    ...{ duration_ms: 3, overhead_ms: 0.5, request_bytes: 10, response_bytes: 20, input_tokens: 10 },
    ...{ cached_input_tokens: null, cache_write_5m_tokens: null, cache_write_1h_tokens: null },
    ...{ cache_write_unknown_tokens: null, output_tokens: 5, reasoning_tokens: null, tool_use_input_tokens: null },
    ...{ audio_input_tokens: null, audio_output_tokens: null, image_input_tokens: null, image_output_tokens: null },
    ...{
      other_meters: {},
      usage_source: 'reported',
      ...{
        cached_audio_input_tokens: null,
        abort_action: null,
        client_retry: null,
        estimator: null,
        estimated_meters: [],
      },
      raw_usage: '{"prompt_tokens":10}',
      provider_stated_cost_usd: null,
    },
    ...{ alterations: ['credential_replaced'], snapshot_version: 1, proxy_id: 'proxy-1', batch_id: 'batch' },
    ...event,
  };
}

function toRating(event: UsageEventRow, { usd, rating }: Recorded): RatingRow {
  const { project_id, started_at, event_id, environment, provider, app, batch_id } = event;
  return {
    ...{ project_id, started_at, event_id, environment, provider, app, batch_id, run_id: 'initial', sign: 1 },
    ...{ provider_type: event.provider_type ?? '', model: event.served_model ?? event.requested_model ?? '' },
    ...{ user: event.user ?? '', agent: event.agent ?? '', tags: event.tags },
    ...{ status: usd === null ? 'unpriced' : 'computed' },
    ...{
      reason: usd === null ? 'model_unknown' : null,
      price_version: 'v1',
      price_book_version: 1,
      known_at: null,
      total: usd,
    },
    ...{ amount_input: usd ?? '0', amount_cached_input: '0', amount_cache_write: '0', amount_output: '0' },
    ...{ amount_reasoning: '0', amount_other: '0', amount_tool_use: '0' },
    lines: JSON.stringify([
      { bucket: 'input', quantity: 10, usdPerMillion: usd, amount: usd, source: 'catalog:v1:gpt-x', rule: null },
    ]),
    ...rating,
  };
}

export interface Rows {
  readonly events: readonly UsageEventRow[];
  readonly ratings: readonly RatingRow[];
}

/** The rows of calls and of their first ratings. */
export function rowsOf(calls: readonly Recorded[]): Rows {
  const events = calls.map(toEvent);
  return { events, ratings: events.map((event, index) => toRating(event, calls[index] as Recorded)) };
}

/** Stores rows as the worker does. */
export async function storeRows(url: string, { events, ratings }: Rows): Promise<void> {
  const client = writer(url);
  const token = newId();
  if (events.length > 0) await usageEventsTable(client).insert(events, token);
  if (ratings.length > 0) await ratingsTable(client).insert(ratings, token);
  await client.close();
}

/** Stores calls with their ratings. @returns the event ids */
export async function store(url: string, calls: readonly Recorded[]): Promise<string[]> {
  const rows = rowsOf(calls);
  await storeRows(url, rows);
  return rows.events.map(({ event_id }) => event_id);
}
