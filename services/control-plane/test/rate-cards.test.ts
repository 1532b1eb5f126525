import { migrate } from '@weir/clickhouse';
import { DOOR, type PriceOverride, packedPriceBook } from '@weir/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../src/platform/viewer.js';
import { CatalogService } from '../src/pricing/catalog.service.js';
import { OverridesService } from '../src/pricing/overrides.service.js';
import { ProviderModelsService } from '../src/pricing/provider-models.service.js';
import { RateCardsService } from '../src/pricing/rate-cards.service.js';
import { ProvidersService } from '../src/providers/providers.service.js';
import { type ClickHouse, startClickHouse } from './clickhouse.js';
import { startPostgres, type TestServer } from './postgres.js';
import { type Replica, startReplica } from './replica.js';
import { store } from './usage-rows.js';

let postgres: TestServer;
let clickhouse: ClickHouse;
let plane: Replica;
let viewer: Viewer;
let overrides: OverridesService;
let cards: RateCardsService;

beforeAll(async () => {
  [postgres, clickhouse] = await Promise.all([startPostgres(), startClickHouse()]);
  await migrate(clickhouse.url);
  plane = await startReplica(await postgres.createDatabase(), { CLICKHOUSE_URL: clickhouse.url });
  overrides = plane.app.get(OverridesService);
  cards = plane.app.get(RateCardsService);
}, 60_000);

afterAll(async () => {
  await plane?.close();
  await Promise.all([postgres?.stop(), clickhouse?.stop()]);
});

beforeEach(async () => {
  viewer = await plane.viewerOfNewProject();
  const { accountId } = viewer;
  const email = `${accountId}@example.com`;
  await plane.prisma.account.create({ data: { id: accountId, email, displayName: 'Ann' } });
  await plane.app.get(ProvidersService).create(viewer, {
    ...{ name: 'alpha', displayName: 'Alpha', type: 'openai', models: ['gpt-4.1', 'unlisted'], passthrough: true },
  });
});

const set = (rates: Record<string, string>, model = 'gpt-4.1', actor = viewer, provider = 'alpha') =>
  overrides.set(actor, {
    ...{ provider, model },
    rates: Object.entries(rates).map(([bucket, usdPerMillion]) => ({ bucket, usdPerMillion })),
  });
/** What is believed now; a cleared card is a row without rates. */
const rowsOf = (model = 'gpt-4.1') =>
  plane.prisma.priceOverride.findMany({
    where: { projectId: viewer.projectId, model, knownUntil: null },
    orderBy: [{ validFrom: 'asc' }],
  });

/** What workers are given now: the prices that are believed. */
async function published(): Promise<{ version: number; overrides: PriceOverride[] }> {
  const headers = { authorization: `Bearer ${plane.config.masterKey.doorToken}` };
  const book = packedPriceBook.parse(await (await fetch(plane.internalUrl + DOOR.priceBook, { headers })).json());
  const mine = book.overrides
    .filter(({ projectId, knownUntil }) => projectId === viewer.projectId && knownUntil === null)
    .sort((a, b) => a.from - b.from);
  return { version: book.version, overrides: mine };
}

describe('an override', () => {
  test('replaces the whole card from now on: the former row ends where the new one begins, and workers have both', async () => {
    const { version } = await published();
    await set({ input: '1', output: '4', cached_input: '' });
    await set({ input: '0' });
    const [first, second, ...others] = await rowsOf();
    expect(others).toEqual([]);
    expect(first).toMatchObject({ rates: { input: '1', output: '4' }, createdBy: viewer.accountId });
    expect(second).toMatchObject({ rates: { input: '0' }, validUntil: null, createdBy: viewer.accountId });
    expect(first?.validUntil).toEqual(second?.validFrom);
    const book = await published();
    expect(book.version).toBeGreaterThan(version);
    expect(book.overrides.map(({ rates, from, until }) => [rates, from, until])).toEqual([
      [{ input: '1', output: '4' }, first?.validFrom.getTime(), second?.validFrom.getTime()],
      [{ input: '0' }, second?.validFrom.getTime(), null],
    ]);
  });

  test('is in the book that workers get once the change is told', async () => {
    await set({ input: '1.5' });
    expect((await published()).overrides).toMatchObject([
      { provider: 'alpha', model: 'gpt-4.1', rates: { input: '1.5' } },
    ]);
    await overrides.clear(viewer, { provider: 'alpha', model: 'gpt-4.1' });
    expect((await published()).overrides).toMatchObject([{ until: expect.any(Number) }]);
  });

  test('shows on the card beside the catalog, with its history and who made it', async () => {
    await set({ input: '1', cached_input: '0' });
    await overrides.clear(viewer, { provider: 'alpha', model: 'gpt-4.1' });
    await set({ output: '9' });
    const card = await cards.card(viewer, { provider: 'alpha', model: 'gpt-4.1' });
    expect(card.priceVersion).toMatch(/^catalog-/);
    expect(card.buckets.slice(0, 3)).toMatchObject([
      { bucket: 'input', catalogUsdPerMillion: '2', overrideUsdPerMillion: null, effectiveUsdPerMillion: '2' },
      { bucket: 'output', catalogUsdPerMillion: '8', overrideUsdPerMillion: '9', effectiveUsdPerMillion: '9' },
      { bucket: 'cached_input', catalogUsdPerMillion: '0.5', overrideUsdPerMillion: null },
    ]);
    expect(card.buckets[0]).toMatchObject({ source: '@pydantic/genai-prices', asOf: expect.stringMatching(/^2026-/) });
    expect(card.example).toEqual({ catalogUsd: '10', effectiveUsd: '11' });
    expect(card.history.map(({ rates, by, until }) => [rates.map(({ bucket }) => bucket), by, until === null])).toEqual(
      [
        [['output'], `${viewer.accountId}@example.com`, true],
        [[], `${viewer.accountId}@example.com`, false],
        [['input', 'cached_input'], `${viewer.accountId}@example.com`, false],
      ],
    );
    expect(await overrides.list(viewer, 'alpha')).toMatchObject([
      { model: 'gpt-4.1', rates: [{ usdPerMillion: '9' }] },
    ]);
  });

  test('that says the same again changes nothing, and one without a rate clears', async () => {
    await set({ input: '1' });
    await set({ input: '1.0', output: ' ' });
    expect(await rowsOf()).toHaveLength(1);
    await set({ input: '' });
    expect((await rowsOf()).map(({ rates, validUntil }) => [rates, validUntil === null])).toEqual([
      [{ input: '1' }, false],
      [{}, true],
    ]);
    await overrides.clear(viewer, { provider: 'alpha', model: 'gpt-4.1' });
    const entries = await plane.prisma.auditEntry.findMany({
      where: { projectId: viewer.projectId, action: { startsWith: 'price_override.' } },
      orderBy: { id: 'asc' },
    });
    expect(entries.map(({ action, subject, accountId, detail }) => [action, subject, accountId, detail])).toEqual([
      [
        ...['price_override.set', 'alpha/gpt-4.1', viewer.accountId],
        { model: 'gpt-4.1', rates: { input: '1' }, before: {} },
      ],
      [
        ...['price_override.clear', 'alpha/gpt-4.1', viewer.accountId],
        { model: 'gpt-4.1', rates: {}, before: { input: '1' } },
      ],
    ]);
  });

  test('made by many at once leaves one in force and no gap', async () => {
    await Promise.all(Array.from({ length: 12 }, (_, index) => set({ input: `${index + 1}` })));
    const rows = await rowsOf();
    expect(rows).toHaveLength(12);
    expect(rows.filter(({ validUntil }) => validUntil === null)).toHaveLength(1);
    for (const [index, { validUntil }] of rows.slice(0, -1).entries()) {
      expect(validUntil).toEqual(rows[index + 1]?.validFrom);
    }
  });

  test('belongs to its project: another project’s provider of that name is not found, nor its card', async () => {
    await set({ input: '1' });
    const stranger = await plane.viewerOfNewProject();
    await expect(set({ input: '5' }, 'gpt-4.1', stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(cards.card(stranger, { provider: 'alpha', model: 'gpt-4.1' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await published()).overrides).toHaveLength(1);
  });

  test('ends with its provider: another one of that name begins with the catalog’s prices', async () => {
    await set({ input: '1' });
    const providers = plane.app.get(ProvidersService);
    await providers.delete(viewer, 'alpha', 'alpha');
    expect((await published()).overrides).toMatchObject([{ until: expect.any(Number) }]);
    await providers.create(viewer, { name: 'alpha', displayName: 'Next', type: 'openai', passthrough: true });
    expect((await cards.card(viewer, { provider: 'alpha', model: 'gpt-4.1' })).buckets[0]).toMatchObject({
      overrideUsdPerMillion: null,
    });
    expect(await overrides.list(viewer, 'alpha')).toEqual([]);
  });

  test('is checked before anything is written', async () => {
    await expect(set({ cache_write_unknown: '1' })).rejects.toMatchObject({ code: 'BUCKET_UNKNOWN' });
    await expect(set({ input: '-1' })).rejects.toMatchObject({ detail: { field: 'rates.input' } });
    expect(await rowsOf()).toEqual([]);
  });
});

test('a preview shows the example and what looks like a slip, and stores nothing', async () => {
  const rates = [
    { bucket: 'input', usdPerMillion: '0.000002' },
    { bucket: 'output', usdPerMillion: '800' },
  ];
  const preview = await cards.preview(viewer, { provider: 'alpha', model: 'gpt-4.1', rates });
  expect(preview.example).toEqual({ catalogUsd: '10', effectiveUsd: '800.000002' });
  expect(preview.warnings).toMatchObject([
    { bucket: 'input', code: 'per_token' },
    { bucket: 'output', code: 'far_above' },
  ]);
  expect(await rowsOf()).toEqual([]);
});

test('a dated id that has no override of its own shows that of the model it is priced as', async () => {
  await set({ input: '7' }, 'gpt-4.1');
  const card = await cards.card(viewer, { provider: 'alpha', model: 'gpt-4.1-2025-04-14' });
  expect(card.buckets[0]).toMatchObject({ catalogUsdPerMillion: '2', overrideUsdPerMillion: '7' });
});

describe('models of a provider', () => {
  const list = (actor = viewer) => plane.app.get(ProviderModelsService).list(actor, 'alpha');
  const DAY_MS = 86_400_000;

  test('are those it exposes, those with an override and those called, with prices and 7 days of figures', async () => {
    const { projectId } = viewer;
    const event = (served_model: string) => ({ provider: 'alpha', served_model, requested_model: served_model });
    await store(clickhouse.url, [
      { projectId, at: Date.now() - DAY_MS, usd: '0.250000000001', event: event('gpt-4.1') },
      { projectId, at: Date.now() - 2 * DAY_MS, usd: '0.5', event: event('gpt-4.1') },
      { projectId, at: Date.now() - 8 * DAY_MS, usd: '64', event: event('gpt-4.1') },
      { projectId, at: Date.now() - DAY_MS, usd: null, event: event('once-let-through') },
      { projectId, at: Date.now() - DAY_MS, usd: '9', event: { ...event('elsewhere'), provider: 'beta' } },
    ]);
    await set({ output: '1' }, 'gpt-4.1');
    await set({ input: '3' }, 'only-overridden');
    expect(await list()).toEqual([
      {
        ...{ model: 'gpt-4.1', exposed: true, inCatalog: true, overridden: true },
        ...{ inputUsdPerMillion: '2', outputUsdPerMillion: '1' },
        ...{ spendUsd: '0.750000000001', requests: 2, tokens: 30, unpriced: 0 },
      },
      {
        ...{ model: 'once-let-through', exposed: false, inCatalog: false, overridden: false },
        ...{ inputUsdPerMillion: null, outputUsdPerMillion: null },
        ...{ spendUsd: '0', requests: 1, tokens: 15, unpriced: 1 },
      },
      expect.objectContaining({ model: 'only-overridden', exposed: false, inputUsdPerMillion: '3', overridden: true }),
      expect.objectContaining({ model: 'unlisted', exposed: true, inCatalog: false, spendUsd: '0', requests: 0 }),
    ]);
  });

  test('while the figures cannot be read they are unknown, which is not 0; prices are there all the same', async () => {
    const away = await startReplica(plane.config.databaseUrl);
    const rows = await away.app.get(ProviderModelsService).list(viewer, 'alpha');
    await away.close();
    expect(
      rows.map(({ model, spendUsd, requests, tokens, unpriced }) => [model, spendUsd, requests, tokens, unpriced]),
    ).toEqual([
      ['gpt-4.1', null, null, null, null],
      ['unlisted', null, null, null, null],
    ]);
    expect(rows[0]).toMatchObject({ inputUsdPerMillion: '2', outputUsdPerMillion: '8' });
  });
});

test('the catalog is listed by type, and a type without one lists nothing', async () => {
  const catalog = plane.app.get(CatalogService);
  const ask = { search: '', capability: null, first: 500, after: null };
  const models = await catalog.models('bedrock', { ...ask, search: 'claude-sonnet-4-5' });
  expect(models.map(({ id }) => id)).toContain('eu.anthropic.claude-sonnet-4-5-20250929-v1:0');
  expect(models.some(({ id }) => id.startsWith('regional.'))).toBe(false);
  expect(await catalog.models('ollama', ask)).toEqual([]);
  await expect(catalog.models('nothing', ask)).rejects.toMatchObject({ code: 'TYPE_UNKNOWN' });
  await expect(catalog.models('openai', { ...ask, first: 501 })).rejects.toMatchObject({ code: 'COUNT_INVALID' });
});
