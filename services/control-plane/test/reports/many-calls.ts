import { writer } from '@weir/clickhouse';

/** Calls a second apart from `from` on, rated, each of an app of its own: as many rows of a report. */
export async function manyCalls(url: string, projectId: string, from: Date, calls: number): Promise<void> {
  const write = writer(url);
  const start = `toDateTime64('${from.toISOString().slice(0, 19).replace('T', ' ')}', 3, 'UTC')`;
  await write.command(
    'many-events',
    `INSERT INTO usage_events_v1 (project_id, started_at, event_id, call_id, attempt, environment, provider, provider_type, endpoint,
       method, path, requested_model, app_id, app, token_id, outcome, input_tokens, output_tokens, usage_source, batch_id)
     SELECT '${projectId}', ${start} + number, generateUUIDv7(), generateUUIDv7(number), 1, 'production', 'alpha', 'openai', 'chat',
       'POST', '/v1/chat', 'gpt-x', generateUUIDv4(), 'an app with a name as long as people like them, number ' || leftPad(toString(number), 9, '0'),
       generateUUIDv4(), 'completed', number % 1000, 10, 'reported', 'many-${projectId}'
     FROM numbers(${calls})`,
  );
  await write.command(
    'many-ratings',
    `INSERT INTO ratings_v1 (project_id, started_at, event_id, run_id, sign, environment, provider, provider_type, model, app, user,
       agent, status, price_book_version, total, amount_input, amount_cached_input, amount_cache_write, amount_output,
       amount_reasoning, amount_other, lines, batch_id)
     SELECT project_id, started_at, event_id, 'initial', 1, environment, provider, 'openai', 'gpt-x', app, '', '', 'computed', 1,
       toDecimal128('0.000000000123', 12), toDecimal128('0.000000000123', 12), 0, 0, 0, 0, 0, '[]', batch_id
     FROM usage_events_v1 WHERE project_id = '${projectId}' AND batch_id = 'many-${projectId}'`,
  );
  await write.close();
}
