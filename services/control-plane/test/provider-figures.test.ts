import { migrate } from '@weir/clickhouse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Viewer } from '../src/platform/viewer.js';
import { ProvidersService } from '../src/providers/providers.service.js';
import { type ClickHouse, startClickHouse } from './clickhouse.js';
import { type System, startSystem } from './system.js';
import { store } from './usage-rows.js';

let clickhouse: ClickHouse;
let system: System;
let projectId: string;

beforeAll(async () => {
  clickhouse = await startClickHouse();
  await migrate(clickhouse.url);
  system = await startSystem({ CLICKHOUSE_URL: clickhouse.url, WEIR_ALLOWED_HOSTS: '10.0.0.1:8000' });
  projectId = await system.makeProject();
  const { accountId, email } = await system.makeAccount(projectId, 'admin');
  const viewer: Viewer = { accountId, projectId, email, role: 'admin', sessionId: accountId };
  const providers = system.control.app.get(ProvidersService);
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    const input = { name, displayName: name, type: 'openai_compatible', baseUrl: 'http://10.0.0.1:8000' };
    await providers.create(viewer, input);
  }
  const spend = { a: '9.5', b: '10', c: '0.000000000001' };
  await store(
    clickhouse.url,
    Object.entries(spend).map(([provider, usd]) => ({ projectId, usd, at: Date.now() - 60_000, event: { provider } })),
  );
}, 120_000);

afterAll(async () => {
  await system?.stop();
  await clickhouse?.stop();
});

const QUERY = `query ($after: String, $descending: Boolean) {
  providers(first: 2, after: $after, sort: spend, descending: $descending) {
    nodes { name status lastSevenDays { spend requests } } endCursor hasNextPage totalCount
  }
}`;
interface Page {
  readonly nodes: { name: string; lastSevenDays: { spend: string; requests: number } | null }[];
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
  readonly totalCount: number;
}

async function listed(descending: boolean) {
  const caller = await system.signedIn(projectId, 'viewer');
  const nodes: Page['nodes'] = [];
  let after: string | null = null;
  do {
    const answer = await caller.ask(QUERY, { after, descending });
    expect(answer.codes).toEqual([]);
    const page = answer.data?.providers as Page;
    expect(page.totalCount).toBe(5);
    nodes.push(...page.nodes);
    after = page.hasNextPage ? page.endCursor : null;
  } while (after !== null);
  return nodes;
}

test('providers stand in the order of what they cost, exactly, a page at a time', async () => {
  const falling = await listed(true);
  expect(falling.map(({ name, lastSevenDays }) => [name, lastSevenDays?.spend])).toEqual([
    ['b', '10'],
    ['a', '9.5'],
    ['c', '0.000000000001'],
    ['d', '0'],
    ['e', '0'],
  ]);
  expect((await listed(false)).map(({ name }) => name)).toEqual(['d', 'e', 'c', 'a', 'b']);
});

test('without ClickHouse the list still loads: figures are unknown, not zero', async () => {
  await clickhouse.stop();
  const nodes = await listed(true);
  expect(nodes.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(nodes.map(({ lastSevenDays }) => lastSevenDays)).toEqual([null, null, null, null, null]);
});
