import { createHash } from 'node:crypto';
import { migrate } from '@weir/clickhouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from './caller.js';
import { type ClickHouse, startClickHouse } from './clickhouse.js';
import { download, order, ordered, parseCsv, readParquet, ready } from './reports/desk.js';
import { type System, startSystem } from './system.js';
import { type Recorded, store } from './usage-rows.js';

const MONTH = { from: '2026-10-01T00:00:00Z', to: '2026-11-01T00:00:00Z' };
const at = (text: string) => Date.parse(text);

let clickhouse: ClickHouse;
let system: System;
let projectId: string;
let finance: Caller;

beforeAll(async () => {
  clickhouse = await startClickHouse();
  await migrate(clickhouse.url);
  system = await startSystem({ CLICKHOUSE_URL: clickhouse.url });
  projectId = await system.makeProject();
  finance = await system.signedIn(projectId, 'finance');
  const call = (time: string, usd: string | null, event: Recorded['event'] = {}): Recorded => ({
    ...{ projectId, at: at(time), usd, event },
  });
  await store(clickhouse.url, [
    call('2026-10-01T00:00:00Z', '0.1'),
    call('2026-10-01T21:59:59.999Z', '0.000000000001'),
    call('2026-10-01T22:00:00Z', '0.02', { provider: 'beta', provider_type: 'anthropic' }),
    call('2026-10-31T23:30:00Z', null, { provider: '=cmd|calc', served_model: '@SUM(1+1)' }),
    call('2026-11-01T00:00:00Z', '99'),
  ]);
}, 120_000);

afterAll(async () => {
  await system?.stop();
  await clickhouse?.stop();
});

const csvOf = async (caller: Caller, id: string) => {
  const { downloadUrl } = await ready(caller, id);
  return download(system.control.url, downloadUrl ?? '', caller);
};

describe('a CSV report', () => {
  it('has a row for each bucket and group, exact money and the clock of its zone', async () => {
    const id = await ordered(finance, { range: MONTH, timeZone: 'Europe/Berlin' });
    const { columns, rows } = parseCsv((await csvOf(finance, id)).body);
    expect(columns.slice(0, 5)).toEqual(['period_start', 'provider', 'provider_name', 'calls', 'attempts']);
    expect(rows.map((row) => [row.period_start, row.provider, row.calls, row.spend_usd])).toEqual([
      ['2026-10-01T00:00:00+02:00', 'alpha', '2', '0.100000000001'],
      ['2026-10-02T00:00:00+02:00', 'beta', '1', '0.02'],
      ['2026-11-01T00:00:00+01:00', "'=cmd|calc", '1', '0'],
    ]);
    expect(rows[2]).toMatchObject({ unpriced_attempts: '1', input_tokens: '10' });
  });

  it('says what it is, and how much of it there is', async () => {
    const id = await ordered(finance, { range: MONTH, interval: 'month', dimensions: ['provider', 'model'] });
    const report = await ready(finance, id);
    const { status, headers, body } = await csvOf(finance, id);
    expect(report).toMatchObject({ state: 'ready', progress: 1, rows: 3, bytes: body.length, problem: null });
    expect(report.fileName).toBe('weir-usage_2026-10-01_2026-10-31_monthly_provider-model.csv');
    expect(report.sha256).toBe(createHash('sha256').update(body).digest('hex'));
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${report.fileName}"`,
      'content-length': String(body.length),
      'accept-ranges': 'bytes',
      etag: `"${report.sha256}"`,
      'cache-control': 'private, no-cache, no-transform',
      'x-content-type-options': 'nosniff',
    });
  });

  it('is split by people, agents and tags, in any mix, and narrowed like the page', async () => {
    const tagged = { user: 'zoe', agent: '@bot', tags: { team: '-1+1', '=cost': 'x' } };
    const rating = { user: 'zoe', agent: '@bot', tags: tagged.tags };
    await store(clickhouse.url, [{ projectId, at: at('2026-08-03T05:00:00Z'), usd: '3', event: tagged, rating }]);
    const range = { from: '2026-08-01T00:00:00Z', to: '2026-09-01T00:00:00Z' };
    const split = { dimensions: ['user', 'tag', 'agent', 'environment'], tagKeys: ['team', '=cost'] };
    const filter = { users: ['zoe'], tags: [{ key: '=cost', values: ['x', 'y'] }] };
    const id = await ordered(finance, { range, ...split, filter, interval: 'hour', timeZone: 'Asia/Kolkata' });
    const { columns, rows } = parseCsv((await csvOf(finance, id)).body);
    expect(columns.slice(0, 6)).toEqual(['period_start', 'user', 'agent', 'environment', 'tag_team', 'tag_=cost']);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ period_start: '2026-08-03T10:00:00+05:30', user: 'zoe', agent: "'@bot" });
    expect(rows[0]).toMatchObject({ tag_team: "'-1+1", 'tag_=cost': 'x', spend_usd: '3' });
    const none = await ordered(finance, { range, ...split, filter: { ...filter, users: [''] } });
    expect(parseCsv((await csvOf(finance, none)).body).rows).toEqual([]);
  });

  it('leaves providers out that are deleted, where that is asked', async () => {
    const gone = { projectId, name: 'beta', displayName: 'Beta', type: 'openai', deletedAt: new Date() };
    await system.prisma.provider.create({
      data: { ...gone, baseUrl: 'https://example.test', credentialKind: 'none' },
    });
    const namesOf = async (withDeleted: boolean) => {
      const id = await ordered(finance, { range: MONTH, interval: 'total', filter: { withDeleted } });
      return parseCsv((await csvOf(finance, id)).body).rows.map((row) => [row.provider, row.provider_name]);
    };
    const kept = [
      ["'=cmd|calc", "'=cmd|calc"],
      ['alpha', 'alpha'],
    ];
    expect(await namesOf(false)).toEqual(kept);
    expect(await namesOf(true)).toEqual([...kept, ['beta', 'Beta']]);
  });

  it.each([
    [{ dimensions: ['cost_type'] }, 'DIMENSION_INVALID'],
    [{ dimensions: ['tag'] }, 'TAG_KEY_MISSING'],
    [{ timeZone: 'Mars/Olympus' }, 'TIME_ZONE_UNKNOWN'],
    [{ range: { from: MONTH.to, to: MONTH.from } }, 'RANGE_INVALID'],
    [{ range: { from: '2019-01-01T00:00:00Z', to: MONTH.to } }, 'RANGE_INVALID'],
    [{ range: { from: '2022-01-01T00:00:00Z', to: MONTH.to }, interval: 'hour' }, 'RANGE_TOO_LONG'],
    [{ tagKeys: Array.from({ length: 11 }, (_, index) => `key-${index}`) }, 'TAG_KEYS_TOO_MANY'],
  ])('is not taken on where the order is at fault: %o', async (input, code) => {
    expect((await order(finance, { range: MONTH, ...input })).codes).toEqual([code]);
  });

  it('of a total has one row, which begins where the range does', async () => {
    const range = { from: '2026-10-01T10:30:00Z', to: '2026-12-01T00:00:00Z' };
    const id = await ordered(finance, { range, interval: 'total', dimensions: [] });
    const { rows } = parseCsv((await csvOf(finance, id)).body);
    expect(rows.map((row) => [row.period_start, row.calls, row.spend_usd])).toEqual([
      ['2026-10-01T10:30:00+00:00', '4', '99.020000000001'],
    ]);
  });

  it('of a range without calls is a header', async () => {
    const range = { from: '2025-10-01T00:00:00Z', to: '2025-11-01T00:00:00Z' };
    const id = await ordered(finance, { range });
    const { rows } = parseCsv((await csvOf(finance, id)).body);
    expect(rows).toEqual([]);
  });
});

describe('a Parquet report', () => {
  it('has typed columns that another reader takes as they are, over several slices', async () => {
    const range = { from: '2026-09-01T00:00:00Z', to: '2026-12-01T00:00:00Z' };
    const id = await ordered(finance, { range, dimensions: ['provider', 'model'], format: 'parquet' });
    const { downloadUrl, rows, fileName } = await ready(finance, id);
    expect([rows, fileName]).toEqual([4, 'weir-usage_2026-09-01_2026-11-30_daily_provider-model.parquet']);
    const read = await readParquet(clickhouse.url, system.control.url, downloadUrl ?? '', finance);
    expect(read.types).toMatchObject({
      period_start: "DateTime64(3, 'UTC')",
      provider: 'String',
      provider_name: 'String',
      calls: 'Int64',
      spend_usd: 'Decimal(38, 12)',
    });
    expect(read.rows.map((row) => [row.period_start, row.provider, row.model, row.calls, row.spend_usd])).toEqual([
      ['2026-10-01 00:00:00.000', 'alpha', 'gpt-x', '2', '0.100000000001'],
      ['2026-10-01 00:00:00.000', 'beta', 'gpt-x', '1', '0.02'],
      ['2026-10-31 00:00:00.000', '=cmd|calc', '@SUM(1+1)', '1', '0'],
      ['2026-11-01 00:00:00.000', 'alpha', 'gpt-x', '1', '99'],
    ]);
  });
});
