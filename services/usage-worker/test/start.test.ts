import { afterEach, expect, test } from 'vitest';
import { readConfig } from '../src/config.js';
import type { UsageWorker } from '../src/worker.js';
import { batchOfEvents, priceBook, usageEventOf } from './support/batches.js';
import { type RedisServer, startRedis } from './support/redis.js';
import { figuresOf, makeWorld, type World } from './support/world.js';

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

async function makeParts(book = priceBook() as ReturnType<typeof priceBook> | null, ...redisOptions: string[]) {
  const redis: RedisServer = await startRedis(...redisOptions);
  cleanUp.push(() => redis.stop());
  const world: World = await makeWorld(redis.url, book);
  cleanUp.push(() => world.stop());
  return { redis, world };
}

function started(
  world: World,
  over: Parameters<World['worker']>[0] = {},
): { worker: UsageWorker; start: Promise<void> } {
  const worker = world.worker(over);
  const start = worker.start();
  start.catch(() => undefined);
  cleanUp.push(() => worker.stop());
  return { worker, start };
}

const get = async (worker: UsageWorker, path: string) => {
  const answer = await fetch(`http://127.0.0.1:${worker.internalPort}${path}`);
  return { status: answer.status, text: await answer.text() };
};

test('a queue that may evict jobs is refused with the reason', async () => {
  const { world } = await makeParts(priceBook(), '--maxmemory-policy', 'allkeys-lru');
  const { start } = started(world);
  await expect(start).rejects.toMatchObject({
    code: 'QUEUE_EVICTS',
    message: expect.stringContaining('allkeys-lru') as string,
  });
});

test('a policy that is changed while it runs turns it red', async () => {
  const { redis, world } = await makeParts();
  const { worker, start } = started(world);
  await start;
  expect((await get(worker, '/readyz')).status).toBe(200);
  await redis.client.config('SET', 'maxmemory-policy', 'allkeys-lru');
  await expect
    .poll(() => get(worker, '/readyz'), { timeout: 20_000 })
    .toMatchObject({
      status: 503,
      text: expect.stringContaining('noeviction') as string,
    });
  expect((await get(worker, '/healthz')).status).toBe(200);
});

test('no batch is taken up before there is a price book', async () => {
  const { world } = await makeParts(null);
  const { worker } = started(world);
  const batch = batchOfEvents('early', [usageEventOf()]);
  await world.producer.add(batch.batchId, batch);
  await expect.poll(() => worker.health.report().reasons).toContain('waits for a price book');
  expect(await world.producer.state('early')).toBe('pending');
  expect((await world.figures()).events).toBe(0);
  world.door.publish(JSON.stringify(priceBook()), 1);
  await world.ship(batch);
  expect(await world.figures()).toEqual(figuresOf(1));
});

test('no batch is taken up while the schema is another than this worker was built for', async () => {
  const { world } = await makeParts();
  await world.store.command('future', "INSERT INTO weir_migrations (number, name, sha256) VALUES (99, '0099', 'x')");
  const { worker } = started(world);
  const batch = batchOfEvents('early', [usageEventOf()]);
  await world.producer.add(batch.batchId, batch);
  await expect.poll(() => world.logged.join()).toContain('waits for the ClickHouse schema');
  expect(await get(worker, '/readyz')).toMatchObject({ status: 503 });
  expect((await world.figures()).events).toBe(0);
  await world.store.command('undo', 'ALTER TABLE weir_migrations DELETE WHERE number = 99 SETTINGS mutations_sync = 2');
  await world.ship(batch);
  expect(await world.figures()).toEqual(figuresOf(1));
});

test('a worker comes up although ClickHouse and the queue come later', async () => {
  const { redis, world } = await makeParts();
  world.shim.decide = () => 'down';
  const { worker, start } = started(world);
  await expect.poll(() => world.logged.join()).toContain('waits for the ClickHouse schema');
  expect((await get(worker, '/healthz')).status).toBe(200);
  world.shim.decide = () => 'pass';
  await start;
  await redis.crash('kept');
  await world.ship(batchOfEvents('later', [usageEventOf()]));
  expect(await world.figures()).toEqual(figuresOf(1));
});

test('a backlog in which nothing moves makes the worker give itself up', async () => {
  const { world } = await makeParts();
  const { worker, start } = started(world, { stuckAfterMs: 1_000 });
  await start;
  // An insert that never returns: neither stored nor failed, so nothing moves.
  const blocked = Promise.withResolvers<void>();
  cleanUp.push(async () => blocked.resolve());
  world.shim.hold = () => blocked.promise;
  await world.producer.add('held', batchOfEvents('held', [usageEventOf()]));
  expect(await worker.stuck.promise).toContain('nothing moves');
  expect((await get(worker, '/healthz')).status).toBe(503);
});

test('an idle worker is not stuck, and its metrics add up', async () => {
  const { world } = await makeParts();
  const { worker, start } = started(world, { stuckAfterMs: 1 });
  await start;
  await world.ship(batchOfEvents('one', [usageEventOf(), usageEventOf()]));
  await expect.poll(() => worker.health.report().alive).toBe(true);
  const { text } = await get(worker, '/metrics');
  expect(text).toContain('weir_worker_events_stored_total 2');
  expect(text).toContain('weir_worker_price_book_version 1');
  expect((await get(worker, '/elsewhere')).status).toBe(404);
});

test('after FLUSHALL in the middle of the work it goes on, and what was lost comes again', async () => {
  const { redis, world } = await makeParts();
  const { start } = started(world);
  await start;
  const batches = Array.from({ length: 30 }, (_, i) => batchOfEvents(`flushed-${i}`, [usageEventOf(), usageEventOf()]));
  let inserts = 0;
  const reached = Promise.withResolvers<void>();
  world.shim.decide = ({ table }) => {
    if (table && ++inserts === 9) reached.resolve();
    return 'pass';
  };
  const shipped = Promise.all(batches.map((batch) => world.ship(batch)));
  await reached.promise;
  await redis.client.flushall();
  await shipped;
  expect(await world.figures()).toEqual(figuresOf(60));
});

test('a job that was parked as failed is sent round again', async () => {
  const { redis, world } = await makeParts();
  const batch = batchOfEvents('parked', [usageEventOf()]);
  await world.producer.add(batch.batchId, batch);
  // What a version that gives up would leave behind.
  await redis.client
    .multi()
    .lrem('bull:usage:wait', 1, 'parked')
    .zadd('bull:usage:failed', Date.now(), 'parked')
    .hset('bull:usage:parked', 'failedReason', 'job stalled more than allowable limit', 'finishedOn', Date.now())
    .exec();
  expect(await world.producer.state('parked')).toBe('failed');
  const { start } = started(world);
  await start;
  await expect.poll(async () => (await world.figures()).events, { timeout: 20_000 }).toBe(1);
});

test('the control run is refused in production, and every fault of a configuration is named at once', () => {
  const env = {
    WEIR_QUEUE_URL: 'redis://127.0.0.1:1',
    CLICKHOUSE_URL: 'http://127.0.0.1:1',
    WEIR_DOOR_TOKEN: 'x',
    WEIR_TEST_DEDUPLICATION: 'off',
  };
  expect(readConfig(env).deduplication).toBe('off');
  expect(() => readConfig({ ...env, NODE_ENV: 'production' })).toThrow('WEIR_TEST_DEDUPLICATION');
  expect(() => readConfig({ WEIR_WORKER_CONCURRENCY: 'many' })).toThrow(/WEIR_QUEUE_URL[\s\S]*CLICKHOUSE_URL/);
});
