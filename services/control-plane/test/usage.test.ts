import { migrate } from '@weir/clickhouse';
import { newId, WeirError } from '@weir/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Viewer } from '../src/platform/viewer.js';
import { ProvidersService } from '../src/providers/providers.service.js';
import { Proxies } from '../src/publishing/proxies.service.js';
import { MeterService } from '../src/usage/meter.service.js';
import { UsageReader } from '../src/usage/reader.service.js';
import { UsageService } from '../src/usage/usage.service.js';
import { type ClickHouse, startClickHouse } from './clickhouse.js';
import { startPostgres, type TestServer } from './postgres.js';
import { type Replica, startReplica } from './replica.js';
import { store } from './usage-rows.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
let postgres: TestServer;
let clickhouse: ClickHouse;
let plane: Replica;
let usage: UsageService;
let viewer: Viewer;
let projectId: string;

beforeAll(async () => {
  [postgres, clickhouse] = await Promise.all([startPostgres(), startClickHouse()]);
  await migrate(clickhouse.url);
  plane = await startReplica(await postgres.createDatabase(), {
    CLICKHOUSE_URL: clickhouse.url,
    WEIR_ALLOWED_HOSTS: '10.0.0.1:8000',
  });
  usage = plane.app.get(UsageService);
}, 60_000);

afterAll(async () => {
  await plane?.close();
  await Promise.all([postgres?.stop(), clickhouse?.stop()]);
});

beforeEach(async () => {
  viewer = await plane.viewerOfNewProject();
  projectId = viewer.projectId;
});

const DAY = Date.UTC(2026, 5, 10);
const june = (from = DAY, to = DAY + 3 * DAY_MS) => ({ from: new Date(from), to: new Date(to) });
const byDay = (groupBy: 'provider' | 'model' | 'app' | 'token_type' | 'environment', top = 12) =>
  usage.overTime(viewer, june(), { interval: 'day', groupBy, top }, {});

function createProvider(name: string, displayName: string) {
  const settings = { name, displayName, type: 'openai_compatible', baseUrl: 'http://10.0.0.1:8000' };
  return plane.app.get(ProvidersService).create(viewer, settings);
}

describe('over time', () => {
  test('fills the days without calls with zeros, and everything adds up', async () => {
    await store(clickhouse.url, [
      { projectId, at: DAY + HOUR_MS, usd: '0.25' },
      { projectId, at: DAY + 2 * DAY_MS, usd: '0.5' },
      { projectId, at: DAY + 2 * DAY_MS + 1, usd: null },
    ]);
    const { buckets, groups, totals } = await byDay('provider');
    expect(buckets.map((bucket) => bucket.getTime())).toEqual([DAY, DAY + DAY_MS, DAY + 2 * DAY_MS]);
    expect(groups).toMatchObject([
      { key: 'alpha', calls: [1, 0, 2], tokens: [15, 0, 30], spend: ['0.25', '0', '0.5'] },
    ]);
    expect(totals).toMatchObject({ calls: 3, spend: '0.75', unpricedCalls: 1, totalTokens: 45 });
  });

  test('adds up what `top` leaves out under other', async () => {
    const costs = ['0.5', '0.25', '0.125', '0.0625'];
    await store(
      clickhouse.url,
      costs.map((usd, index) => ({ projectId, at: DAY, usd, event: { provider: `p-${index}` } })),
    );
    const { groups, totals } = await byDay('provider', 2);
    expect(groups.map(({ key, other, label, spend }) => [key, other, label, spend[0]])).toEqual([
      ['p-0', false, 'p-0', '0.5'],
      ['p-1', false, 'p-1', '0.25'],
      ['', true, 'Other', '0.1875'],
    ]);
    expect(totals.spend).toBe('0.9375');
  });

  test('labels providers by their display name and flags those that are gone', async () => {
    await createProvider('kept', 'Kept one');
    await createProvider('gone', 'Gone one');
    await createProvider('again', 'First life');
    for (const name of ['gone', 'again']) await plane.app.get(ProvidersService).delete(viewer, name, name);
    await createProvider('again', 'Second life');
    const names = ['kept', 'gone', 'again', 'never-was'];
    await store(
      clickhouse.url,
      names.map((provider) => ({ projectId, at: DAY, usd: '1', event: { provider } })),
    );
    const { groups } = await byDay('provider');
    expect(Object.fromEntries(groups.map(({ key, label, deleted }) => [key, [label, deleted]]))).toEqual({
      kept: ['Kept one', false],
      gone: ['Gone one', true],
      again: ['Second life', false],
      'never-was': ['never-was', false],
    });
  });

  test('splits by kind of token with names for people', async () => {
    await store(clickhouse.url, [
      { projectId, at: DAY, usd: '1', event: { reasoning_tokens: 2, cached_input_tokens: 7 } },
    ]);
    const { groups } = await byDay('token_type');
    expect(Object.fromEntries(groups.map(({ label, tokens }) => [label, tokens[0]]))).toMatchObject({
      Input: 10,
      'Cached input': 7,
      Output: 3,
      Reasoning: 2,
    });
  });
});

describe('within one project, range and filter', () => {
  test('another project contributes nothing', async () => {
    const stranger = await plane.viewerOfNewProject();
    const [eventId = ''] = await store(clickhouse.url, [{ projectId: stranger.projectId, at: DAY, usd: '9' }]);
    expect(await usage.totals(viewer, june(), {})).toMatchObject({ calls: 0, spend: '0' });
    expect((await usage.calls(viewer, {}, 10, null)).nodes).toEqual([]);
    expect(await usage.call(viewer, eventId)).toBeNull();
    expect(await usage.call(stranger, eventId)).toMatchObject({ eventId });
    expect(await usage.breakdown(viewer, june(), { groupBy: 'provider', first: 10 }, {})).toEqual([]);
    expect((await usage.kpis(projectId)).size).toBe(0);
  });

  test('the end of a range is not part of it', async () => {
    await store(
      clickhouse.url,
      [DAY - 1, DAY, DAY + DAY_MS - 1, DAY + DAY_MS].map((at) => ({ projectId, at, usd: '1' })),
    );
    expect(await usage.totals(viewer, june(DAY, DAY + DAY_MS), {})).toMatchObject({ calls: 2, spend: '2' });
  });

  test('filters narrow by each of their fields', async () => {
    await store(clickhouse.url, [
      { projectId, at: DAY, usd: '1', event: { provider: 'a', app: 'x', environment: 'staging', served_model: 'm' } },
      { projectId, at: DAY, usd: '2', event: { provider: 'b', app: 'y' } },
    ]);
    const filters = [{ providers: ['a'] }, { apps: ['x'] }, { environments: ['staging'] }, { models: ['m'] }];
    for (const filter of filters) {
      expect(await usage.totals(viewer, june(), filter), JSON.stringify(filter)).toMatchObject({
        calls: 1,
        spend: '1',
      });
    }
    expect(await usage.totals(viewer, june(), { providers: ["a' OR 1=1 --"] })).toMatchObject({ calls: 0 });
  });

  test.each([
    ['RANGE_INVALID', june(DAY, DAY)],
    ['RANGE_INVALID', june(DAY + 1, DAY)],
    ['RANGE_TOO_LONG', june(DAY, DAY + 3_661 * DAY_MS)],
  ])('%s is told on the range', async (code, range) => {
    const refusal = { code, detail: { field: 'range' } };
    await expect(usage.totals(viewer, range, {})).rejects.toMatchObject(refusal);
    await expect(usage.breakdown(viewer, range, { groupBy: 'model', first: 10 }, {})).rejects.toMatchObject(refusal);
    const options = { interval: 'day', groupBy: 'model', top: 5 } as const;
    await expect(usage.overTime(viewer, range, options, {})).rejects.toMatchObject(refusal);
  });

  test('hours are for shorter ranges, and the refusal says so', async () => {
    const options = { interval: 'hour', groupBy: 'model', top: 5 } as const;
    await expect(usage.overTime(viewer, june(DAY, DAY + 63 * DAY_MS), options, {})).rejects.toMatchObject({
      code: 'RANGE_TOO_LONG',
      message: expect.stringContaining('choose days'),
    });
  });
});

test.each([
  ['QUERY_TOO_COSTLY', 'range', 'Choose a range of at most 3 days.'],
  ['FILTER_INVALID', 'filter', 'there is no such kind'],
  ['TIME_ZONE_UNKNOWN', 'timeZone', 'Europe/Berlin'],
])('%s of the store is told as an input with its advice', async (code, field, advice) => {
  const asked = plane.app.get(UsageReader).ask(async () => {
    throw new WeirError(code, advice);
  });
  await expect(asked).rejects.toMatchObject({ code, detail: { field }, message: expect.stringContaining(advice) });
});

describe('calls', () => {
  test('show what is known, and null for what is not', async () => {
    const event = { output_tokens: null, input_tokens: null, status: null, tags: { team: 'red' } };
    const [eventId = ''] = await store(clickhouse.url, [{ projectId, at: DAY, usd: null, event }]);
    expect(await usage.call(viewer, eventId)).toMatchObject({
      eventId,
      startedAt: new Date(DAY),
      inputTokens: null,
      outputTokens: null,
      totalTokens: null,
      cacheWriteTokens: null,
      status: null,
      firstTokenMs: null,
      tags: [{ key: 'team', value: 'red' }],
      rawUsage: '{"prompt_tokens":10}',
      rating: { status: 'unpriced', cost: null, lines: [{ bucket: 'input', usdPerMillion: null, amount: null }] },
    });
    expect(await usage.call(viewer, newId())).toBeNull();
    expect(await usage.call(viewer, 'no-id')).toBeNull();
  });

  test('are paged newest first without losing those of one millisecond', async () => {
    const ids = await store(
      clickhouse.url,
      Array.from({ length: 5 }, () => ({ projectId, at: DAY, usd: '1' })),
    );
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await usage.calls(viewer, {}, 2, after);
      seen.push(...page.nodes.map(({ eventId }) => eventId));
      after = page.hasNextPage ? page.endCursor : null;
    } while (after !== null);
    expect(seen).toHaveLength(5);
    expect(seen.toSorted()).toEqual(ids.toSorted());
    await expect(usage.calls(viewer, {}, 2, 'forged')).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
    await expect(usage.calls(viewer, {}, 501, null)).rejects.toMatchObject({ code: 'COUNT_INVALID' });
  });

  test('are found by outcome', async () => {
    await store(clickhouse.url, [
      { projectId, at: DAY, usd: '1' },
      { projectId, at: DAY, usd: null, event: { outcome: 'refused' } },
    ]);
    const { nodes } = await usage.calls(viewer, { outcomes: ['refused'] }, 10, null);
    expect(nodes.map(({ outcome }) => outcome)).toEqual(['refused']);
  });

  test('are found by the trace they were part of', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const [id] = await store(clickhouse.url, [
      { projectId, at: DAY, usd: '1', event: { trace_id: traceId } },
      { projectId, at: DAY, usd: '1' },
    ]);
    const { nodes } = await usage.calls(viewer, { traceIds: [traceId] }, 10, null);
    expect(nodes.map((node) => [node.eventId, node.traceId])).toEqual([[id, traceId]]);
    for (const wrong of [traceId.toUpperCase(), traceId.slice(1), '0'.repeat(32)]) {
      await expect(usage.calls(viewer, { traceIds: [wrong] }, 10, null)).rejects.toMatchObject({
        code: 'TRACE_ID_INVALID',
      });
    }
  });
});

test('key figures of the last seven days come by provider', async () => {
  await store(clickhouse.url, [
    { projectId, at: Date.now(), usd: '0.5' },
    { projectId, at: Date.now(), usd: null },
  ]);
  const kpis = (await usage.kpis(projectId)).get('alpha');
  expect(kpis).toMatchObject({ spend: '0.5', unpricedCalls: 1, requests: 2, tokens: 30 });
  expect(kpis?.requestsByDay).toEqual([0, 0, 0, 0, 0, 0, 2]);
});

describe('the live meter', () => {
  const journalId = newId();
  const report = (appended: number, confirmed: number) =>
    plane.app.get(Proxies).record({
      ...{ proxyId: 'proxy-1', snapshotVersion: 1, snapshotAgeMs: 1_500, inFlight: 3 },
      journals: [{ journalId, appended, confirmed, quarantined: 0 }],
    });
  const read = () => plane.app.get(MeterService).read();

  test('agrees at rest, sees one call too many, and one too few', async () => {
    const { stored } = await read();
    await report(stored, stored);
    expect(await read()).toMatchObject({ served: stored, stored, quarantined: 0, onTheirWay: 0, agree: true });

    await report(stored + 2, stored);
    expect(await read()).toMatchObject({ served: stored + 2, onTheirWay: 2, agree: true });

    await store(
      clickhouse.url,
      Array.from({ length: 3 }, () => ({ projectId, at: DAY, usd: '1' })),
    );
    expect(await read()).toMatchObject({ served: stored + 2, stored: stored + 3, agree: false });

    await report(stored + 4, stored + 4);
    expect(await read()).toMatchObject({ served: stored + 4, stored: stored + 3, agree: false });
  });

  test('waits for the next report where calls were stored since the last one', async () => {
    const { stored, served } = await read();
    const level = Math.max(stored, served);
    await store(
      clickhouse.url,
      Array.from({ length: level - stored + 2 }, () => ({ projectId, at: DAY, usd: '1' })),
    );
    await report(level, level);
    const looks = vi.spyOn(plane.prisma, '$queryRaw');
    const reading = read();
    // Before counting, after it, and again because more was there than reported.
    await vi.waitUntil(() => looks.mock.calls.length >= 3, { timeout: 10_000 });
    looks.mockRestore();
    await report(level + 2, level);
    expect(await reading).toMatchObject({ served: level + 2, stored: level + 2, onTheirWay: 0, agree: true });
  });

  test('shows the proxies and whether they are current', async () => {
    await report(0, 0);
    const [proxy] = (await read()).proxies;
    expect(proxy).toMatchObject({
      proxyId: 'proxy-1',
      snapshotAgeSeconds: 2,
      inFlight: 3,
      current: expect.any(Boolean),
    });
  });
});

test('with ClickHouse away the figures are refused, not shown as zero', async () => {
  const away = await startReplica(await postgres.createDatabase(), { CLICKHOUSE_URL: 'http://127.0.0.1:9/weir' });
  try {
    const work = away.app.get(UsageService).totals(viewer, june(), {});
    await expect(work).rejects.toMatchObject({ code: 'USAGE_UNAVAILABLE' });
  } finally {
    await away.close();
  }
});
