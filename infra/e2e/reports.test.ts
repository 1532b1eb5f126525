import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writer } from '@weir/clickhouse';
import { request } from 'undici';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type System, startSystem } from './system.js';

const RANGE = { from: '2026-09-01T00:00:00Z', to: '2026-11-01T00:00:00Z' };
const CALLS = 400_000;
const PATIENCE = { timeout: 180_000, interval: 100 };

interface Report {
  readonly id: string;
  readonly state: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string | null;
  readonly downloadUrl: string | null;
  readonly problem: string | null;
}
const FIELDS = 'id state rows bytes sha256 downloadUrl problem';

let system: System;

beforeAll(async () => {
  system = await startSystem({ queue: 'postgres', web: true });
  await system.console.setUp(system.setupLink);
  const { viewer } = await system.console.ask<{ viewer: { project: { id: string } } }>('{ viewer { project { id } } }');
  await fill(viewer.project.id);
});
afterAll(() => system?.end());

/** Calls over two months, each of a user of its own. */
async function fill(projectId: string): Promise<void> {
  const write = writer(system.stores.clickhouseUrl);
  await write.command(
    'fill-events',
    `INSERT INTO usage_events_v1 (project_id, started_at, event_id, call_id, attempt, environment, provider, provider_type, endpoint,
       method, path, requested_model, app_id, app, token_id, user, outcome, input_tokens, output_tokens, usage_source, batch_id)
     SELECT '${projectId}', toDateTime64('2026-09-01 00:00:00', 3, 'UTC') + number * 13, generateUUIDv7(), generateUUIDv7(number), 1,
       'production', 'alpha', 'openai', 'chat', 'POST', '/v1/chat', 'gpt-x', generateUUIDv4(), 'shop', generateUUIDv4(),
       'somebody-' || toString(number) || '@example.com', 'completed', number % 1000, 10, 'reported', 'fill'
     FROM numbers(${CALLS})`,
  );
  await write.close();
}

async function order(format: 'csv' | 'parquet'): Promise<string> {
  const { createUsageReport } = await system.console.ask<{ createUsageReport: Report }>(
    `mutation ($input: CreateUsageReportInput!) { createUsageReport(input: $input) { ${FIELDS} } }`,
    { input: { range: RANGE, interval: 'hour', dimensions: ['user', 'model'], format } },
  );
  return createUsageReport.id;
}

async function until(id: string, isWanted: (report: Report) => boolean): Promise<Report> {
  return vi.waitFor(async () => {
    const { usageReport } = await system.console.ask<{ usageReport: Report }>(
      `query ($id: ID!) { usageReport(id: $id) { ${FIELDS} } }`,
      { id },
    );
    if (!isWanted(usageReport)) throw new Error(JSON.stringify(usageReport));
    return usageReport;
  }, PATIENCE);
}
const ready = (id: string) => until(id, ({ state }) => state === 'ready');

/** From the console, as a browser takes it. */
async function download(path: string, headers: Record<string, string> = {}) {
  const cookie = system.console.sessionCookie;
  const answer = await request(new URL(path, system.consoleUrl), { headers: { cookie, ...headers } });
  return { status: answer.statusCode, headers: answer.headers, body: Buffer.from(await answer.body.arrayBuffer()) };
}

const highestMemoryKiB = (pid: number) =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);

it('a report whose maker is killed is gone on with, and is the file that it would have been', async () => {
  const id = await order('csv');
  const begun = await until(id, ({ rows }) => rows > 20_000);
  expect(begun.state).toBe('running');
  await system.kill('control-plane');
  const made = await ready(id);
  expect(made.rows).toBe(CALLS);
  const undisturbed = await ready(await order('csv'));
  expect(made.sha256).toBe(undisturbed.sha256);
  expect(made.bytes).toBeGreaterThan(30 * 1_048_576);
});

it('comes through the console whole or in parts, and no process ever holds all of it', async () => {
  const pids = [system.supervisor.pidOf('control-plane'), system.supervisor.pidOf('web')];
  const { downloadUrl, sha256, bytes } = await ready(await order('csv'));
  const before = pids.map(highestMemoryKiB);
  const path = downloadUrl ?? '';
  const whole = await download(path);
  expect([whole.status, whole.body.length]).toEqual([200, bytes]);
  expect(createHash('sha256').update(whole.body).digest('hex')).toBe(sha256);
  expect(whole.headers['content-encoding']).toBeUndefined();
  const half = Math.floor(bytes / 2);
  const rest = await download(path, {
    range: `bytes=${half}-`,
    'if-range': String(whole.headers.etag),
    'accept-encoding': 'gzip',
  });
  expect([rest.status, rest.headers['content-range']]).toEqual([206, `bytes ${half}-${bytes - 1}/${bytes}`]);
  expect(rest.body.equals(whole.body.subarray(half))).toBe(true);
  for (const [index, pid] of pids.entries()) {
    expect(highestMemoryKiB(pid) - (before[index] ?? 0)).toBeLessThan(bytes / 1_024);
  }
  const stranger = await request(new URL(path, system.consoleUrl));
  expect(stranger.statusCode).toBe(401);
  await stranger.body.dump();
});

it('as Parquet survives its maker too', async () => {
  const id = await order('parquet');
  await until(id, ({ state }) => state === 'running');
  await system.kill('control-plane');
  const { rows, bytes, downloadUrl } = await ready(id);
  expect(rows).toBe(CALLS);
  const { body } = await download(downloadUrl ?? '');
  expect(body.length).toBe(bytes);
  expect([body.subarray(0, 4).toString(), body.subarray(-4).toString()]).toEqual(['PAR1', 'PAR1']);
});
