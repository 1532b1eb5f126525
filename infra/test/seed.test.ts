import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  eventsPage,
  type LedgerEvent,
  migrate,
  type RatingRow,
  reader,
  totalReceipt,
  usageTotals,
} from '@weir/clickhouse';
import { formatUsd, newId, type PriceBook, parseUsd, priceOf, type UsageEvent } from '@weir/contracts';
import { CATALOG_VENDORS, type Rating, rate, shippedCatalog, versionIdOf } from '@weir/pricing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clickhouse } from '../embedded/clickhouse.js';
import { openHome } from '../embedded/home.js';
import { freePort } from '../embedded/ports.js';
import { Supervisor } from '../embedded/supervise.js';
import { fill, type SeedPlan } from '../seed/fill.js';
import { APPS, PROVIDERS } from '../seed/plan.js';
import { openServer, type SeedServer } from '../seed/server.js';
import { storedEvent } from '../seed/stored-event.js';
import type { SeedScene } from '../seed/tables.js';

const EVENTS = 20_000;
const UNTIL_MS = Date.UTC(2026, 10, 20, 12);
const PLAN: SeedPlan = { events: EVENTS, days: 400, untilMs: UNTIL_MS, seed: 7, lanes: 2 };
const PAGE = 5_000;
const COLUMNS = [
  ...['event_id', 'provider', 'model', 'user', 'agent', 'status', 'reason', 'price_version', 'price_book_version'],
  ...['known_at', 'total', 'amount_input', 'amount_cached_input', 'amount_cache_write', 'amount_output'],
  ...['amount_reasoning', 'amount_other', 'amount_tool_use', 'lines'],
];
const WIDE = { from: UNTIL_MS - 500 * 86_400_000, to: UNTIL_MS };

const home = openHome(mkdtempSync(join(tmpdir(), 'weir-seed-')));
const supervisor = new Supervisor(home, () => undefined, 500);
const book: PriceBook = {
  format: 1,
  version: 3,
  vendors: CATALOG_VENDORS,
  versions: [
    {
      id: versionIdOf(shippedCatalog()),
      source: 'shipped',
      sourceVersion: shippedCatalog().asOf,
      effectiveFrom: 0,
      knownFrom: Date.UTC(2026, 0, 5),
      entries: shippedCatalog().entries,
    },
  ],
  overrides: [],
  exchangeRates: [],
};

function newScene(): SeedScene {
  const ids = (names: readonly { readonly name: string }[]) =>
    Object.fromEntries(names.map(({ name }) => [name, newId()]));
  const apps = Object.entries(ids(APPS)).map(([name, id]) => [name, { id, tokenId: newId() }]);
  return { projectId: newId(), providerIds: ids(PROVIDERS), apps: Object.fromEntries(apps) };
}

let server: SeedServer;
let url: string;
let events: UsageEvent[];
const scene = newScene();

async function storedEvents(projectId: string): Promise<UsageEvent[]> {
  const source = reader(url);
  const rows: LedgerEvent[] = [];
  for (let isMore = true; isMore; ) {
    const last = rows.at(-1);
    const after = last ? { startedAt: last.startedAt, eventId: last.event_id } : null;
    const page = await eventsPage(source, { projectId, ...WIDE }, { filter: {}, after, first: PAGE });
    rows.push(...page);
    isMore = page.length === PAGE;
  }
  await source.close();
  return rows.map(storedEvent);
}

const toolUseOf = (lines: Rating['lines']) => lines.find(({ bucket }) => bucket === 'tool_use_input')?.amount ?? '0';
const byEvent = (a: { event_id: string }, b: { event_id: string }) => (a.event_id < b.event_id ? -1 : 1);

/** Sums of a project by every dimension: straight from events and ratings, or from the roll-up. */
async function sumsOf(projectId: string, from: 'ledger' | 'roll-up'): Promise<Map<string, string>> {
  const keys = 'toString(hour), environment, provider, provider_type, model, app, agent, user';
  const ofLedger = `SELECT ${keys}, sum(c), sum(i), sum(o), sum(s) FROM (
      SELECT toStartOfHour(started_at) AS hour, environment, provider, ifNull(provider_type, '') AS provider_type,
        coalesce(served_model, requested_model, '') AS model, app, ifNull(agent, '') AS agent, ifNull(user, '') AS user,
        toInt64(attempt = 1) AS c, ifNull(input_tokens, 0) AS i, ifNull(output_tokens, 0) AS o, toDecimal128(0, 12) AS s
      FROM usage_events_v1 WHERE project_id = {projectId:UUID}
      UNION ALL
      SELECT toStartOfHour(started_at), environment, provider, provider_type, model, app, agent, user, 0, 0, 0, ifNull(total, 0)
      FROM ratings_v1 WHERE project_id = {projectId:UUID}) GROUP BY ALL`;
  const ofRollUp = `SELECT ${keys}, sum(calls), sum(input_tokens), sum(output_tokens), sum(spend)
      FROM usage_per_hour_v1 WHERE project_id = {projectId:UUID} GROUP BY ALL`;
  const rows = await server.query<Record<string, unknown>>(from === 'ledger' ? ofLedger : ofRollUp, { projectId });
  return new Map(rows.map((row) => [Object.values(row).slice(0, 8).join('|'), Object.values(row).slice(8).join('|')]));
}

beforeAll(async () => {
  const store = clickhouse(home, await freePort());
  await supervisor.start(store.spec);
  await store.provide();
  url = store.writerUrl;
  await migrate(url);
  server = openServer(url);
  await fill(server, PLAN, scene, book);
  events = await storedEvents(scene.projectId);
}, 180_000);

afterAll(async () => {
  await server?.close();
  await supervisor.stopAll();
  rmSync(home.root, { recursive: true, force: true });
});

test('as many events are stored as were asked for, each an event by the contract and each once', () => {
  expect(events).toHaveLength(EVENTS);
  expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(EVENTS);
});

test('every rating is the one that the price rules give its event, to the letter of its receipt', async () => {
  const stored = await server.query<RatingRow>(
    `SELECT ${COLUMNS.join(', ')} FROM ratings_v1 WHERE project_id = {projectId:UUID}`,
    { projectId: scene.projectId },
  );
  const expected = events.map((event) => {
    const { parts, ...rating } = rate(event, book);
    return {
      event_id: event.eventId,
      provider: event.provider,
      model: event.servedModel ?? event.requestedModel,
      user: event.user ?? '',
      agent: event.agent ?? '',
      status: rating.status,
      reason: rating.reason,
      price_version: rating.priceVersion,
      price_book_version: book.version,
      known_at: '2026-01-05 00:00:00.000',
      total: rating.total === null ? null : formatUsd(rating.total),
      amount_input: formatUsd(parts.input),
      amount_cached_input: formatUsd(parts.cachedInput),
      amount_cache_write: formatUsd(parts.cacheWrite),
      amount_output: formatUsd(parts.output),
      amount_reasoning: formatUsd(parts.reasoning),
      amount_other: formatUsd(parts.other),
      amount_tool_use: formatUsd(rating.total === null ? 0n : parseUsd(toolUseOf(rating.lines))),
      lines: JSON.stringify(rating.lines),
    };
  });
  expect(stored.sort(byEvent)).toEqual(expected.sort(byEvent));
  const total = expected.reduce((sum, one) => sum + parseUsd(one.total ?? '0'), 0n);
  expect(total).toBeGreaterThan(0n);
});

test('the roll-up holds what events and ratings add up to, for every hour and mix of dimensions', async () => {
  const ledger = await sumsOf(scene.projectId, 'ledger');
  expect(ledger.size).toBeGreaterThan(1_000);
  expect(await sumsOf(scene.projectId, 'roll-up')).toEqual(ledger);
});

test('the receipt of everything adds up to the spend of everything', async () => {
  const source = reader(url);
  const { spend } = await usageTotals(source, { projectId: scene.projectId, ...WIDE });
  const { lines } = await totalReceipt(source, { projectId: scene.projectId, ...WIDE }, { first: 2_000 });
  await source.close();
  const priced = lines.filter(({ usdPerMillion }) => usdPerMillion !== null);
  for (const { quantity, usdPerMillion, amount } of priced) {
    expect(parseUsd(amount as string)).toBe(priceOf(BigInt(quantity), parseUsd(usdPerMillion as string)));
  }
  expect(formatUsd(priced.reduce((sum, { amount }) => sum + parseUsd(amount as string), 0n))).toBe(
    formatUsd(parseUsd(spend)),
  );
});

test('the same plan gives the same events again, and another seed others', async () => {
  const again = { ...scene, projectId: newId() };
  await fill(server, PLAN, again, book);
  const repeated = await storedEvents(again.projectId);
  expect(repeated.map((event) => ({ ...event, projectId: scene.projectId }))).toEqual(events);
  const other = { ...scene, projectId: newId() };
  await fill(server, { ...PLAN, seed: 8, events: 500 }, other, book);
  const others = await storedEvents(other.projectId);
  expect(others).toHaveLength(500);
  const known = new Set(events.map(({ eventId }) => eventId));
  expect(others.filter(({ eventId }) => known.has(eventId))).toEqual([]);
});

test('a plan that is run again stores nothing twice, and one that was broken off is completed', async () => {
  const before = await sumsOf(scene.projectId, 'roll-up');
  expect(await fill(server, PLAN, scene, book)).toBe(EVENTS);
  expect(await sumsOf(scene.projectId, 'roll-up')).toEqual(before);
  const torn = { ...scene, projectId: newId() };
  const broken = new Error('broken off');
  const stopAtOnce = () => {
    throw broken;
  };
  await expect(fill(server, { ...PLAN, lanes: 1 }, torn, book, stopAtOnce)).rejects.toBe(broken);
  const half = await storedEvents(torn.projectId);
  expect(half.length).toBeGreaterThan(0);
  expect(half.length).toBeLessThan(EVENTS);
  await fill(server, PLAN, torn, book);
  expect(await storedEvents(torn.projectId)).toHaveLength(EVENTS);
  expect([...(await sumsOf(torn.projectId, 'roll-up')).values()].sort()).toEqual([...before.values()].sort());
});

test('everything a page of figures has to cope with is there', () => {
  const distinct = (of: (event: UsageEvent) => unknown) =>
    new Set(events.map(of).filter((value) => value !== null)).size;
  expect(distinct(({ provider }) => provider)).toBe(PROVIDERS.length);
  expect(distinct(({ requestedModel }) => requestedModel)).toBeGreaterThanOrEqual(55);
  expect(distinct(({ app }) => app)).toBe(APPS.length);
  expect(distinct(({ user }) => user)).toBeGreaterThan(500);
  expect(distinct(({ outcome }) => outcome)).toBe(6);
  expect(distinct(({ environment }) => environment)).toBe(3);
  const has = (what: (event: UsageEvent) => unknown) => expect(events.filter(what).length).toBeGreaterThan(0);
  has(({ attempt }) => attempt === 2);
  has(({ clientRetry }) => clientRetry);
  has(({ meters }) => meters.reasoning);
  has(({ meters }) => meters.toolUseInput);
  has(({ meters }) => meters.cachedInput);
  has(({ meters }) => meters.cacheWrite5m);
  has(({ meters }) => meters.cacheWrite1h);
  has(({ otherMeters }) => otherMeters.webSearches);
  has(({ usageSource }) => usageSource === 'estimated');
  const second = events.filter(({ attempt }) => attempt === 2);
  const calls = new Map(events.filter(({ attempt }) => attempt === 1).map((event) => [event.callId, event]));
  for (const { callId, app, provider } of second)
    expect(calls.get(callId)).toMatchObject({ app, provider, outcome: 'upstream_error' });
});
