import { usageEventsTable, writer } from '@weir/clickhouse';
import { deriveMasterKey, newId } from '@weir/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROVIDERS } from '../seed/plan.js';
import { type SeedTarget, seedUsage } from '../seed/seed-usage.js';
import { openServer, type SeedServer } from '../seed/server.js';
import { type System, startSystem } from './system.js';

const PLAN = { events: 3_000, days: 20, untilMs: Date.now(), seed: 5, lanes: 2, amongRealEvents: false };

let system: System;
let server: SeedServer;
let target: SeedTarget;

beforeAll(async () => {
  system = await startSystem({ queue: 'postgres' });
  await system.console.setUp(system.setupLink);
  server = openServer(system.stores.clickhouseUrl);
  const doorUrl = system.internalUrls['control-plane'];
  target = { admin: system.console, server, doorUrl, doorToken: deriveMasterKey(system.masterKey).doorToken };
});

afterAll(async () => {
  await server?.close();
  await system?.end();
});

test('what is filled in is on screen at once, agrees with the meter, and is there once after a repeat', async () => {
  const range = {
    from: new Date(PLAN.untilMs - 30 * 86_400_000).toISOString(),
    to: new Date(PLAN.untilMs).toISOString(),
  };
  const shown = () =>
    system.console.ask<{
      usageTotals: { attempts: string; spend: string };
      meter: { served: string; stored: string; agree: boolean };
      providers: { nodes: { name: string }[] };
    }>(
      'query($range: TimeRange!) { usageTotals(range: $range) { attempts spend } meter { served stored agree } providers(first: 100) { nodes { name } } }',
      { range },
    );
  expect(await seedUsage(target, PLAN, () => undefined)).toMatchObject({ events: PLAN.events });
  const first = await shown();
  expect(Number(first.usageTotals.attempts)).toBe(PLAN.events);
  expect(Number(first.usageTotals.spend)).toBeGreaterThan(0);
  expect(first.meter).toMatchObject({ agree: true });
  expect(Number(first.meter.stored)).toBe(PLAN.events);
  const kept = PROVIDERS.filter(({ isDeleted }) => !isDeleted).map(({ name }) => name);
  expect(first.providers.nodes.map(({ name }) => name).sort()).toEqual(kept.sort());
  await seedUsage(target, PLAN, () => undefined);
  expect((await shown()).usageTotals).toEqual(first.usageTotals);
});

test('a project with events of its own is left alone unless that is asked for', async () => {
  const { viewer } = await system.console.ask<{ viewer: { project: { id: string } } }>('{ viewer { project { id } } }');
  const store = writer(system.stores.clickhouseUrl);
  const table = usageEventsTable(store);
  const [row] = await server.query<Parameters<typeof table.insert>[0][number]>(
    `SELECT ${table.columns.join(', ')} FROM usage_events_v1 LIMIT 1`,
  );
  await table.insert([{ ...(row as NonNullable<typeof row>), event_id: newId(), proxy_id: 'proxy-1' }], newId());
  await store.close();
  const more = { ...PLAN, seed: 6, events: 100 };
  await expect(seedUsage(target, more, () => undefined)).rejects.toThrow(/1 events of its own/);
  const [count] = await server.query<{ events: number }>(
    'SELECT count() AS events FROM usage_events_v1 WHERE project_id = {id:UUID}',
    { id: viewer.project.id },
  );
  expect(count?.events).toBe(PLAN.events + 1);
  expect(await seedUsage(target, { ...more, amongRealEvents: true }, () => undefined)).toMatchObject({ events: 100 });
});
