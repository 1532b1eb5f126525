import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { DOOR, newId, packedPriceBook, type UsageEvent, unpackPriceBook } from '@weir/contracts';
import { type CatalogDocument, rate, shippedCatalog } from '@weir/pricing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Viewer } from '../src/platform/viewer.js';
import { CatalogService } from '../src/pricing/catalog.service.js';
import { CatalogRefresh } from '../src/pricing/refresh/refresh.service.js';
import { VersionsService } from '../src/pricing/versions.service.js';
import { startPostgres, type TestServer } from './postgres.js';
import { type Replica, startReplica } from './replica.js';

let postgres: TestServer;
let server: Server;
let address: string;
let body: Buffer | string;
let status = 200;
let plane: Replica;
let viewer: Viewer;

beforeAll(async () => {
  postgres = await startPostgres();
  server = createServer((_request, response) => response.writeHead(status).end(body)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
}, 60_000);
afterAll(async () => {
  server.close();
  await postgres?.stop();
});
beforeEach(async () => {
  status = 200;
  plane = await startReplica(await postgres.createDatabase(), { WEIR_ALLOWED_HOSTS: address });
  viewer = await plane.viewerOfNewProject();
}, 60_000);
afterEach(() => plane.close());

const TOMORROW = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
const { entries: SHIPPED, ...HEAD } = shippedCatalog();
const catalogOf = (entries: CatalogDocument['entries'], asOf = TOMORROW): CatalogDocument => ({
  ...{ ...HEAD, asOf, entries },
});
/** The shipped prices with other ones for gpt-4.1. */
const withRate = (usdPerMillion: string) =>
  SHIPPED.map((entry) =>
    entry.vendor === 'openai' && entry.model === 'gpt-4.1'
      ? { ...entry, rates: { ...entry.rates, input: [{ above: 0, usdPerMillion }] } }
      : entry,
  );

const refresh = () => plane.app.get(CatalogRefresh).refresh(`http://${address}/catalog.json`);
const versions = async () =>
  (await plane.app.get(VersionsService).list()).map(({ state, entries }) => [state, entries]);
const inputRate = async () => {
  const question = { search: 'gpt-4.1', capability: null, first: 50, after: null };
  const models = await plane.app.get(CatalogService).models('openai', question);
  return models.find(({ id }) => id === 'gpt-4.1')?.inputUsdPerMillion;
};

/** A call of gpt-4.1 that began then, rated by what workers are given now. */
async function rated(startedAt: number): Promise<string> {
  const headers = { authorization: `Bearer ${plane.config.masterKey.doorToken}` };
  const book = packedPriceBook.parse(await (await fetch(plane.internalUrl + DOOR.priceBook, { headers })).json());
  const event = { ...CALL, startedAt };
  const { knownAt: _, ...rating } = rate(event, unpackPriceBook(book));
  return JSON.stringify(rating, (_key, value) => (typeof value === 'bigint' ? `${value}` : value));
}

const CALL: Omit<UsageEvent, 'startedAt'> = {
  ...{ v: 1, eventId: newId(), callId: newId(), attempt: 1, projectId: newId(), environment: 'production' },
  ...{ provider: 'main', providerId: null, providerType: 'openai', endpoint: 'responses', method: 'POST' },
  ...{ path: '/v1/responses', requestedModel: 'gpt-4.1', servedModel: 'gpt-4.1', serviceTier: 'default' },
  ...{ streamed: false, appId: newId(), app: 'shop', tokenId: newId(), user: null, agent: null, tags: {} },
  ...{ conversation: null, traceId: null, outcome: 'completed', errorCode: null, status: 200, upstreamStatus: 200 },
  ...{ upstreamRequestId: null, firstByteMs: 1, firstTokenMs: 1, durationMs: 2, overheadMs: 0.1, requestBytes: 1 },
  ...{ responseBytes: 1, meters: { input: 1_000, output: 10 }, otherMeters: {}, usageSource: 'reported' },
  ...{ abortAction: null, clientRetry: null, estimator: null, estimatedMeters: [] },
  ...{ rawUsage: null, providerStatedCostUsd: null, alterations: [], snapshotVersion: 1, proxyId: 'p' },
};

test('a newer catalog counts from when it came: an event before it rates as before, byte for byte', async () => {
  const before = Date.now();
  const earlier = await rated(before);
  expect(earlier).toContain('"usdPerMillion":"2"');
  body = JSON.stringify(catalogOf(withRate('3')));
  expect(await refresh()).toMatchObject({ state: 'accepted', notices: [] });
  expect(await rated(before)).toBe(earlier);
  expect(await rated(Date.now() + 1)).toContain('"usdPerMillion":"3"');
  expect(await versions()).toEqual([
    ['in_force', SHIPPED.length],
    ['past', SHIPPED.length],
  ]);
  expect(await inputRate()).toBe('3');
});

test('the same again is no new version, also when it comes on another day', async () => {
  body = JSON.stringify(catalogOf(SHIPPED, new Date().toISOString().slice(0, 10)));
  expect(await refresh()).toMatchObject({ state: 'known' });
  body = JSON.stringify(catalogOf(withRate('3')));
  await refresh();
  expect(await refresh()).toMatchObject({ state: 'known' });
  expect(await versions()).toHaveLength(2);
});

test('prices that were in force once may come back', async () => {
  body = JSON.stringify(catalogOf(withRate('3')));
  await refresh();
  body = JSON.stringify(catalogOf(SHIPPED));
  expect(await refresh()).toMatchObject({ state: 'accepted' });
  expect(await inputRate()).toBe('2');
});

test('an older catalog than the one in force is left alone', async () => {
  body = JSON.stringify(catalogOf(withRate('3'), '2026-01-01'));
  expect(await refresh()).toMatchObject({ state: 'older' });
  expect(await versions()).toHaveLength(1);
});

test('a leap waits for an admin, changes nothing until then, and counts from the acceptance on', async () => {
  body = JSON.stringify(catalogOf(withRate('20')));
  const { id, state, notices } = await refresh();
  expect([state, notices]).toEqual(['held', ['openai gpt-4.1: input goes from 2 to 20 USD per 1M.']]);
  expect(await inputRate()).toBe('2');
  expect(await rated(Date.now() + 1)).toContain('"usdPerMillion":"2"');
  expect(await versions()).toMatchObject([{ 0: 'held' }, { 0: 'in_force' }]);

  const held = Date.now();
  const accepted = await plane.app.get(VersionsService).accept(viewer, id);
  expect(accepted).toMatchObject({ state: 'in_force', acceptedBy: viewer.email });
  expect(accepted.effectiveFrom?.getTime()).toBeGreaterThanOrEqual(held);
  expect(await inputRate()).toBe('20');
  expect(await rated(held - 1)).toContain('"usdPerMillion":"2"');
  expect(await rated(Date.now() + 1)).toContain('"usdPerMillion":"20"');
  const [entry] = await plane.prisma.auditEntry.findMany({ where: { action: 'price_version.accept' } });
  expect(entry).toMatchObject({ subject: id, accountId: viewer.accountId, detail: { notices } });
  await expect(plane.app.get(VersionsService).accept(viewer, id)).rejects.toMatchObject({ code: 'NOT_HELD' });
});

test('a catalog that lost more than a fifth of its entries is held, and gives way to the next one', async () => {
  body = JSON.stringify(catalogOf(SHIPPED.slice(0, Math.floor(SHIPPED.length * 0.7))));
  const { id, state, notices } = await refresh();
  expect(state).toBe('held');
  expect(notices[0]).toContain('entries are gone');
  body = JSON.stringify(catalogOf(withRate('3')));
  expect(await refresh()).toMatchObject({ state: 'accepted' });
  expect(await versions()).toMatchObject([{ 0: 'in_force' }, { 0: 'superseded' }, { 0: 'past' }]);
  await expect(plane.app.get(VersionsService).accept(viewer, id)).rejects.toMatchObject({ code: 'NOT_HELD' });
});

test('a package of a registry is read without running anything of it', async () => {
  const text = JSON.stringify(catalogOf(withRate('3')));
  const header = Buffer.alloc(512);
  header.write('package/data/catalog.json', 0);
  header.write(`${Buffer.byteLength(text).toString(8).padStart(11, '0')} `, 124);
  header.write('0', 156);
  header.write('ustar', 257);
  const content = Buffer.alloc(Math.ceil(Buffer.byteLength(text) / 512) * 512);
  content.write(text);
  body = gzipSync(Buffer.concat([header, content, Buffer.alloc(1024)]));
  expect(await refresh()).toMatchObject({ state: 'accepted' });
});

test.each<[string, number, () => string, string]>([
  ['an error', 500, () => '', 'CATALOG_UNREACHABLE'],
  ['a redirect', 302, () => '', 'CATALOG_UNREACHABLE'],
  ['a web page', 200, () => '<html>', 'CATALOG_REJECTED'],
  ['no entries', 200, () => JSON.stringify(catalogOf([])), 'CATALOG_REJECTED'],
  ['a negative rate', 200, () => JSON.stringify(catalogOf(withRate('-1'))), 'CATALOG_REJECTED'],
  ['a date to come', 200, () => JSON.stringify(catalogOf(withRate('3'), '2999-01-01')), 'CATALOG_REJECTED'],
])('%s leaves prices as they are', async (_, answered, text, code) => {
  status = answered;
  body = text();
  await expect(refresh()).rejects.toMatchObject({ code });
  expect(await versions()).toEqual([['in_force', SHIPPED.length]]);
});

test('a private address that the operator has not listed is not asked', async () => {
  const other = createServer(() => {
    throw new Error('was asked');
  }).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
  await expect(plane.app.get(CatalogRefresh).refresh(url)).rejects.toMatchObject({ code: 'CATALOG_UNREACHABLE' });
  other.close();
});

test('several replicas that refresh at once make one version', async () => {
  const second = await startReplica(plane.config.databaseUrl, { WEIR_ALLOWED_HOSTS: address });
  body = JSON.stringify(catalogOf(withRate('3')));
  const states = await Promise.all([
    ...[refresh(), refresh()],
    second.app.get(CatalogRefresh).refresh(`http://${address}/`),
  ]);
  await second.close();
  expect(states.map(({ state }) => state).sort()).toEqual(['accepted', 'known', 'known']);
  expect(await versions()).toHaveLength(2);
});
