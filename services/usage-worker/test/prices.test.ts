import { type PriceBook, packPriceBook } from '@weir/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { UsageWorker } from '../src/worker.js';
import { batchOfEvents, priceBook, usageEventOf } from './support/batches.js';
import { type RedisServer, startRedis } from './support/redis.js';
import { makeWorld, type World } from './support/world.js';

let redis: RedisServer;
let world: World;
let worker: UsageWorker;
let version = 1;

beforeAll(async () => {
  redis = await startRedis();
  world = await makeWorld(redis.url);
  worker = world.worker();
  await worker.start();
});
afterAll(async () => {
  await worker.stop();
  await world.stop();
  await redis.stop();
});

const HOUR_MS = 3_600_000;
const OVERRIDDEN_AT = Date.now() - 2 * HOUR_MS;
const REFRESHED_AT = Date.now() - HOUR_MS;
const before = priceBook();
const [firstVersion] = before.versions;
const [entry] = firstVersion?.entries ?? [];
const at = (usdPerMillion: string) => [{ above: 0, usdPerMillion }];

/** An hour of its own rates for the model, then a newer catalog in which it costs ten times as much. */
function after(): PriceBook {
  const { projectId, provider, servedModel } = usageEventOf();
  if (!firstVersion || !entry || !servedModel) throw new Error('the book holds no price');
  const rates = { input: at('10'), output: at('20') };
  const dearer = { ...firstVersion, id: 'prices-2', effectiveFrom: REFRESHED_AT, entries: [{ ...entry, rates }] };
  return {
    ...before,
    version: ++version,
    versions: [firstVersion, dearer],
    overrides: [
      {
        ...{ id: '01990000-0000-7000-8000-00000000000a', projectId, provider, model: servedModel },
        ...{ rates: { input: '3' }, from: OVERRIDDEN_AT, until: REFRESHED_AT },
        ...{ serviceTier: null, currency: 'USD', knownUntil: null },
      },
    ],
  };
}

const row = z.object({ total: z.string(), price_version: z.string(), lines: z.string() });

async function rated(startedAt: number) {
  const event = usageEventOf({ startedAt });
  await world.ship(batchOfEvents(`batch-${event.eventId}`, [event]));
  const [found] = await world.store.query({
    name: 'rated',
    sql: `SELECT toString(total) AS total, price_version, lines FROM ratings_v1 WHERE event_id = '${event.eventId}'`,
    row,
  });
  return found;
}

test('a call is rated by what held when it began, however late it arrives; nothing before a change changes', async () => {
  const early = OVERRIDDEN_AT - 1;
  const ratedBefore = await rated(early);
  expect(ratedBefore).toMatchObject({ total: '0.00002', price_version: 'prices-1' });

  world.door.publish(JSON.stringify(packPriceBook(after())), version, true);

  expect(await rated(Date.now())).toMatchObject({ total: '0.0002', price_version: 'prices-2' });
  expect(await rated(early)).toEqual(ratedBefore);
  // 10 input tokens at 3, 5 output tokens at the catalog's 2 USD per 1M.
  const overridden = await rated(OVERRIDDEN_AT);
  expect(overridden).toMatchObject({ total: '0.00004', price_version: 'prices-1' });
  expect(overridden?.lines).toContain('"source":"override:01990000-0000-7000-8000-00000000000a"');
  expect(await rated(REFRESHED_AT - 1)).toMatchObject({ total: '0.00004' });
  expect(await rated(REFRESHED_AT)).toMatchObject({ total: '0.0002', price_version: 'prices-2' });
});

test('a call that began after prices changed is not rated by the book from before, though nobody announced the new one', async () => {
  const cheaper = { ...after(), overrides: [] };
  const [first, second] = cheaper.versions;
  if (!first || !second || !entry) throw new Error('the book holds no price');
  const free = {
    ...second,
    id: 'prices-3',
    effectiveFrom: Date.now(),
    entries: [{ ...entry, rates: { input: at('1'), output: at('1') } }],
  };
  world.door.publish(JSON.stringify(packPriceBook({ ...cheaper, versions: [first, second, free] })), version, true);
  expect(await rated(Date.now() + 1)).toMatchObject({ total: '0.000015', price_version: 'prices-3' });
});
