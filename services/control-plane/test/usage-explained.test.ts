import { migrate } from '@weir/clickhouse';
import { parseUsd } from '@weir/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Viewer } from '../src/platform/viewer.js';
import { ProvidersService } from '../src/providers/providers.service.js';
import { AnomaliesService } from '../src/usage/anomalies/anomalies.service.js';
import { ChangeService } from '../src/usage/change/change.service.js';
import { FacetsService } from '../src/usage/facets/facets.service.js';
import { ForecastService } from '../src/usage/forecast/forecast.service.js';
import { QualityService } from '../src/usage/quality/quality.service.js';
import { RevisionService } from '../src/usage/revision/revision.service.js';
import { UsageService } from '../src/usage/usage.service.js';
import { type ClickHouse, startClickHouse } from './clickhouse.js';
import { startPostgres, type TestServer } from './postgres.js';
import { type Replica, startReplica } from './replica.js';
import { type Recorded, store } from './usage-rows.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DAY = Date.UTC(2026, 5, 10);
let postgres: TestServer;
let clickhouse: ClickHouse;
let plane: Replica;
let viewer: Viewer;
let projectId: string;

beforeAll(async () => {
  [postgres, clickhouse] = await Promise.all([startPostgres(), startClickHouse()]);
  await migrate(clickhouse.url);
  plane = await startReplica(await postgres.createDatabase(), {
    CLICKHOUSE_URL: clickhouse.url,
    WEIR_ALLOWED_HOSTS: '10.0.0.1:8000',
  });
}, 60_000);

afterAll(async () => {
  await plane?.close();
  await Promise.all([postgres?.stop(), clickhouse?.stop()]);
});

beforeEach(async () => {
  viewer = await plane.viewerOfNewProject();
  projectId = viewer.projectId;
});

const span = (from: number, to: number) => ({ from: new Date(from), to: new Date(to) });
const keep = (calls: readonly Omit<Recorded, 'projectId'>[]) =>
  store(
    clickhouse.url,
    calls.map((call) => ({ ...call, projectId })),
  );
const many = (count: number, call: Omit<Recorded, 'projectId'>) => Array.from({ length: count }, () => call);
const provider = (name: string, displayName: string) =>
  plane.app
    .get(ProvidersService)
    .create(viewer, { name, displayName, type: 'openai_compatible', baseUrl: 'http://10.0.0.1:8000' });

describe('why spend changed', () => {
  const month = span(DAY, DAY + 30 * DAY_MS);
  const before = span(DAY - 30 * DAY_MS, DAY);
  const change = (groupBy: 'app' | 'model' = 'app', first = 20) =>
    plane.app.get(ChangeService).between(viewer, { range: month, previous: before, groupBy, first });

  it('names what is new, what is gone and what grew, and the effects behind', async () => {
    const at = DAY - DAY_MS;
    await keep([
      ...many(2, { at, usd: '1', event: { app: 'steady' } }),
      { at, usd: '3', event: { app: 'ended' } },
      ...many(4, { at: DAY, usd: '1', event: { app: 'steady' } }),
      { at: DAY, usd: '10', event: { app: 'fresh', served_model: 'big' } },
    ]);
    const found = await change();
    expect(found).toMatchObject({ difference: '9', otherDrivers: '0', before: { spend: '5' }, after: { spend: '14' } });
    expect(found.drivers.map(({ key, difference, isNew, isGone }) => [key, difference, isNew, isGone])).toEqual([
      ['fresh', '10', true, false],
      ['ended', '-3', false, true],
      ['steady', '2', false, false],
    ]);
    const amounts = Object.fromEntries(found.effects.map(({ kind, amount }) => [kind, amount]));
    expect(Object.keys(amounts)).toEqual(['volume', 'mix', 'cache_hit', 'retries', 'price']);
    expect(Object.values(amounts).reduce((sum, amount) => sum + parseUsd(amount), 0n)).toBe(parseUsd('9'));
    expect(found.effects.find(({ kind }) => kind === 'mix')?.explanation).toContain('big of alpha');
    expect(found.method).toContain('add up');
  });

  it('adds up what is beyond `first`', async () => {
    await keep(['4', '2', '1'].map((usd, index) => ({ at: DAY, usd, event: { app: `a${index}` } })));
    expect(await change('app', 1)).toMatchObject({ difference: '7', otherDrivers: '3', drivers: [{ key: 'a0' }] });
  });

  it('does not call it a saving when calls lose their price', async () => {
    await keep([
      ...many(4, { at: DAY - 1, usd: '1' }),
      ...many(2, { at: DAY, usd: '1' }),
      ...many(2, { at: DAY, usd: null }),
    ]);
    const { effects, difference, drivers } = await change();
    expect(difference).toBe('-2');
    expect(drivers).toMatchObject([{ callsBefore: 4, callsAfter: 4, unpricedBefore: 0, unpricedAfter: 2 }]);
    expect(effects.find(({ kind }) => kind === 'unpriced')).toMatchObject({
      amount: '-2',
      explanation: expect.stringContaining('2 of 4 calls have no known price'),
    });
    expect(effects.find(({ kind }) => kind === 'volume')?.amount).toBe('0');
  });

  it.each([
    ['range', { range: span(DAY, DAY), previous: before }],
    ['previous', { range: month, previous: span(DAY + 1, DAY) }],
    ['tagKey', { range: month, previous: before, groupBy: 'tag' as const }],
    ['first', { range: month, previous: before, first: 101 }],
  ])('names %s where it is wrong', async (field, args) => {
    const asked = plane.app.get(ChangeService).between(viewer, { groupBy: 'app', ...args });
    await expect(asked).rejects.toMatchObject({ detail: { field } });
  });
});

describe('what the month will end at', () => {
  const forecast = (timeZone = 'UTC') => plane.app.get(ForecastService).ofMonth(viewer, {}, timeZone);
  const today = () => Math.floor(Date.now() / DAY_MS) * DAY_MS;

  it('is unknown of fewer than three whole days', async () => {
    expect(await forecast()).toBeNull();
    await keep([1, 2].map((days) => ({ at: today() - days * DAY_MS, usd: '1' })));
    expect(await forecast()).toBeNull();
  });

  it('is unknown where no call has a price, and nothing where all are free', async () => {
    const days = Array.from({ length: 5 }, (_, index) => today() - (index + 1) * DAY_MS);
    await keep(days.map((at) => ({ at, usd: null })));
    expect(await forecast()).toBeNull();
    viewer = await plane.viewerOfNewProject();
    projectId = viewer.projectId;
    await keep(days.map((at) => ({ at, usd: '0' })));
    expect(await forecast()).toMatchObject({ soFar: '0', expected: '0', high: '0' });
  });

  it('goes on from what is spent, exactly, day by day to the end of the month', async () => {
    const start = today();
    const days = Array.from({ length: 30 }, (_, index) => start - (index + 1) * DAY_MS);
    await keep(days.map((at) => ({ at: at + HOUR_MS, usd: '2.000000000001' })));
    const found = await forecast();
    if (!found) throw new Error('no forecast');
    const { monthStart, monthEnd } = found;
    const now = new Date();
    expect(monthStart.getTime()).toBe(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
    expect(monthEnd.getTime()).toBe(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
    const past = days.filter((day) => day >= monthStart.getTime()).length;
    expect(parseUsd(found.soFar)).toBe(parseUsd('2.000000000001') * BigInt(past));
    const sum = found.days.reduce((total, { expected }) => total + parseUsd(expected), parseUsd(found.soFar));
    expect(parseUsd(found.expected)).toBe(sum);
    expect(found.days).toHaveLength((monthEnd.getTime() - start) / DAY_MS);
    const left = (monthEnd.getTime() - Date.now()) / DAY_MS;
    expect(Number(found.expected)).toBeCloseTo(2 * (past + left), 1);
    expect(Number(found.low)).toBeLessThanOrEqual(Number(found.expected));
    expect(Number(found.high)).toBeGreaterThanOrEqual(Number(found.expected));
  });

  it('follows the clocks of the zone', async () => {
    await keep([1, 2, 3, 4].map((days) => ({ at: today() - days * DAY_MS, usd: '1' })));
    const found = await forecast('Pacific/Kiritimati');
    expect(found?.monthStart.getUTCHours()).toBe(10);
    await expect(forecast('Mars/Base')).rejects.toMatchObject({
      code: 'TIME_ZONE_UNKNOWN',
      message: expect.stringContaining('Mars/Base'),
      detail: { field: 'timeZone' },
    });
  });
});

describe('what stood out', () => {
  const find = (from = DAY, to = DAY + 40 * DAY_MS) =>
    plane.app.get(AnomaliesService).find(viewer, { range: span(from, to) });

  it('is a day with many more calls of one app, told by each dimension with its cause', async () => {
    const calm = Array.from({ length: 30 }, (_, day) =>
      many(4, { at: DAY + day * DAY_MS, usd: '1', event: { app: 'shop' } }),
    );
    await keep([...calm.flat(), ...many(16, { at: DAY + 20 * DAY_MS, usd: '1', event: { app: 'shop' } })]);
    const { found, method } = await find();
    expect(new Set(found.map(({ dimension }) => dimension))).toEqual(new Set(['provider', 'model', 'app', 'user']));
    for (const one of found) expect(one.day).toEqual(new Date(DAY + 20 * DAY_MS));
    expect(found.find(({ dimension }) => dimension === 'app')).toMatchObject({
      ...{ key: 'shop', label: 'shop', actual: '20', expected: '4', excess: '16' },
      cause: 'app `shop` on `gpt-x`: 5.0x the calls (20, 4 a day before).',
      filter: [
        { dimension: 'app', key: 'shop' },
        { dimension: 'model', key: 'gpt-x' },
      ],
    });
    expect(found.find(({ dimension }) => dimension === 'user')).toMatchObject({ key: '', label: 'No user' });
    expect(method).toContain('28 days');
  });

  it('is nothing in a project without calls, or with too few days', async () => {
    expect((await find()).found).toEqual([]);
    await keep([{ at: DAY, usd: '1' }, ...many(50, { at: DAY + DAY_MS, usd: '1' })]);
    expect((await find()).found).toEqual([]);
    await expect(find(DAY, DAY + 401 * DAY_MS)).rejects.toMatchObject({ code: 'RANGE_TOO_LONG' });
  });
});

describe('facets', () => {
  const values = (dimension: 'provider' | 'user' | 'tag' | 'app', more: object = {}) =>
    plane.app.get(FacetsService).values(viewer, { range: span(DAY, DAY + DAY_MS), dimension, ...more });

  it('are found by what people call them, narrowed by every filter but their own', async () => {
    await provider('north', 'Nordic team');
    await keep([
      { at: DAY, usd: '3', event: { provider: 'north', app: 'x', user: 'ann', tags: { team: 'red' } } },
      { at: DAY, usd: '1', event: { provider: 'south', app: 'y' } },
    ]);
    expect((await values('provider', { search: 'nordic' })).values).toEqual([
      { key: 'north', label: 'Nordic team', deleted: false, calls: 1, spend: '3' },
    ]);
    expect((await values('user', { search: 'no us' })).values.map(({ label }) => label)).toEqual(['No user']);
    const own = await values('app', { filter: { apps: ['x'], users: ['ann'] } });
    expect(own.values.map(({ key }) => key)).toEqual(['x']);
    expect((await values('app', { filter: { apps: ['x'] } })).values).toHaveLength(2);
    expect((await values('tag', { tagKey: 'team' })).values.map(({ key, label }) => [key, label])).toEqual([
      ['red', 'red'],
      ['', 'No team'],
    ]);
    expect(await values('app', { first: 1 })).toMatchObject({ more: true, values: [{ key: 'x' }] });
    expect(await plane.app.get(FacetsService).tagKeys(viewer, span(DAY, DAY + DAY_MS), {})).toEqual(['team']);
  });

  it.each([
    ['tagKey', 'tag', {}],
    ['tagKey', 'tag', { tagKey: 'k'.repeat(64) }],
    ['first', 'app', { first: 501 }],
    ['search', 'app', { search: 's'.repeat(201) }],
  ] as const)('name %s where it is wrong', async (field, dimension, more) => {
    await expect(values(dimension, more)).rejects.toMatchObject({ detail: { field } });
  });
});

describe('filters', () => {
  const totals = (filter: object) => plane.app.get(UsageService).totals(viewer, span(DAY, DAY + DAY_MS), filter);

  it('leave out providers that were deleted since, but none whose name is taken again', async () => {
    for (const name of ['gone', 'again']) {
      await provider(name, name);
      await plane.app.get(ProvidersService).delete(viewer, name, name);
    }
    await provider('again', 'again');
    const names = ['gone', 'again', 'never-was'];
    await keep(names.map((name) => ({ at: DAY, usd: '1', event: { provider: name } })));
    expect((await totals({ withDeleted: false })).calls).toBe(2);
    expect((await totals({ withDeleted: true })).calls).toBe(3);
    expect((await totals({ withDeleted: null })).calls).toBe(3);
    expect((await totals({ withDeleted: false, providers: ['gone'] })).calls).toBe(0);
  });

  it.each([
    ['filter.models', { models: Array.from({ length: 501 }, String) }],
    ['filter.users', { users: ['u'.repeat(1_025)] }],
    ['filter.tokenTypes', { tokenTypes: ['tool_use'] }],
    ['filter.costTypes', { costTypes: ['nothing'] }],
    ['filter.tags', { tags: Array.from({ length: 11 }, (_, index) => ({ key: `k${index}`, values: ['v'] })) }],
    ['filter.tags', { tags: [{ key: '', values: ['v'] }] }],
    ['filter.tags', { tags: [{ key: 'k', values: [] }] }],
    [
      'filter.tags',
      {
        tags: [
          { key: 'k', values: ['a'] },
          { key: 'k', values: ['b'] },
        ],
      },
    ],
  ])('name %s where it is wrong', async (field, filter) => {
    await expect(totals(filter)).rejects.toMatchObject({ detail: { field } });
  });
});

it('quality has one point a bucket, and null where there is nothing to work it out from', async () => {
  await keep([
    { at: DAY, usd: '1', event: { duration_ms: 100, first_token_ms: 40, cached_input_tokens: 30 } },
    { at: DAY, usd: null, event: { outcome: 'upstream_error', duration_ms: 100 } },
  ]);
  const range = span(DAY, DAY + 2 * HOUR_MS);
  const found = await plane.app.get(QualityService).overTime(viewer, { range, interval: 'hour' });
  expect(found.buckets).toEqual([new Date(DAY), new Date(DAY + HOUR_MS)]);
  const [busy, idle] = found.points;
  expect(busy).toMatchObject({ attempts: 2, failed: 1, errorRate: 0.5, costPerCall: '1', cacheHitRate: 0.6 });
  expect(busy?.latencyP50Ms).toBeGreaterThan(95);
  expect(busy?.latencyP50Ms).toBeLessThan(105);
  expect(idle).toMatchObject({
    attempts: 0,
    errorRate: null,
    latencyP99Ms: null,
    cacheHitRate: null,
    costPerCall: null,
  });
  expect(found.whole).toMatchObject({ attempts: 2, failed: 1 });
  // What a call cost does not tell how it ended.
  const charged = await plane.app.get(QualityService).overTime(viewer, {
    ...{ range, interval: 'hour' as const, filter: { costTypes: ['input' as const] } },
  });
  expect(charged.whole).toMatchObject({ attempts: 1, errorRate: null });
  expect(found.accuracy).not.toBe('');
});

it('the revision changes with what is stored, of one project only, and is not looked up for each who asks', async () => {
  const revision = plane.app.get(RevisionService);
  const stranger = await plane.viewerOfNewProject();
  const [first, same, theirs] = await Promise.all([revision.of(viewer), revision.of(viewer), revision.of(stranger)]);
  expect(same).toBe(first);
  await keep([{ at: DAY, usd: '1' }]);
  await vi.waitUntil(async () => (await revision.of(viewer)) !== first, { timeout: 10_000 });
  expect(await revision.of(stranger)).toBe(theirs);
  const rated = await revision.of(viewer);
  await keep([{ at: DAY, usd: null }]);
  await vi.waitUntil(async () => (await revision.of(viewer)) !== rated, { timeout: 10_000 });
});
