import { existsSync } from 'node:fs';
import type { UsageBatch } from '@weir/contracts';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { batchOfEvents, usageEventOf } from './support/batches.js';
import { startPostgres } from './support/postgres.js';
import { startRedis } from './support/redis.js';
import { startWorkerProcess, type WorkerProcess } from './support/worker-process.js';
import { figuresOf, makeWorld, type World } from './support/world.js';

const KILLS = 10;
const BATCHES = 40;
const EVENTS_EACH = 50;

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

beforeAll(() => {
  const main = new URL('../dist/main.js', import.meta.url);
  if (!existsSync(main)) throw new Error('build the worker first: npx turbo run build --filter=@weir/usage-worker');
});

async function worldOn(start: () => Promise<{ url: string; stop(): Promise<void> }>): Promise<World> {
  const queue = await start();
  cleanUp.push(() => queue.stop());
  const world = await makeWorld(queue.url);
  cleanUp.push(() => world.stop());
  return world;
}

const batches = (): UsageBatch[] =>
  Array.from({ length: BATCHES }, (_, i) =>
    batchOfEvents(
      `journal-${i}`,
      Array.from({ length: EVENTS_EACH }, () => usageEventOf()),
    ),
  );

/**
 * Ships all batches while the worker is killed again and again, each time just after an insert was done and before
 * anybody was told. Resolves when every batch has its receipt.
 */
async function shipUnderFire(world: World, env: Record<string, string> = {}): Promise<void> {
  let worker: WorkerProcess;
  let kills = 0;
  let sinceKill = 0;
  let isOver = false;
  const begin = () => {
    sinceKill = 0;
    worker = startWorkerProcess(world.config, env);
    void worker.ended.then((how) => {
      if (how === 'SIGKILL' && !isOver) begin();
    });
  };
  world.shim.decide = ({ table }) => {
    if (!table || kills >= KILLS || ++sinceKill < 3) return 'pass';
    kills++;
    sinceKill = Number.NEGATIVE_INFINITY;
    // The insert goes through; its answer finds nobody.
    setImmediate(() => worker.child.kill('SIGKILL'));
    return 'drop_reply';
  };
  begin();
  cleanUp.push(() => {
    isOver = true;
    return worker.kill('SIGKILL');
  });
  await Promise.all(batches().map((batch) => world.ship(batch)));
  expect(kills).toBe(KILLS);
}

describe.each([
  ['Redis', () => startRedis()],
  ['PostgreSQL', () => startPostgres()],
] as const)('with the queue on %s', (_, startQueue) => {
  test('a worker killed ten times between insert and answer loses nothing and stores nothing twice', async () => {
    const world = await worldOn(startQueue);
    await shipUnderFire(world);
    expect(await world.figures()).toEqual(figuresOf(BATCHES * EVENTS_EACH));
  }, 240_000);
});

test('the same with deduplication off shows doubles: the test above can fail', async () => {
  const world = await worldOn(() => startRedis());
  await shipUnderFire(world, { WEIR_TEST_DEDUPLICATION: 'off' });
  const found = await world.figures();
  expect(found.distinct).toBe(BATCHES * EVENTS_EACH);
  expect(found.events).toBeGreaterThan(found.distinct);
}, 240_000);

test('a queue that loses its memory twice costs nothing: batches come again and are stored once', async () => {
  const redis = await startRedis();
  cleanUp.push(() => redis.stop());
  const world = await makeWorld(redis.url);
  cleanUp.push(() => world.stop());
  const worker = startWorkerProcess(world.config);
  cleanUp.push(() => worker.kill('SIGKILL'));
  let inserts = 0;
  const marks = [10, 40].map((mark) => ({ mark, reached: Promise.withResolvers<void>() }));
  world.shim.decide = ({ table }) => {
    if (table) inserts++;
    for (const { mark, reached } of marks) if (inserts === mark) reached.resolve();
    return 'pass';
  };
  const shipped = Promise.all(batches().map((batch) => world.ship(batch)));
  for (const { reached } of marks) {
    await reached.promise;
    await redis.crash('lost');
  }
  await shipped;
  expect(await world.figures()).toEqual(figuresOf(BATCHES * EVENTS_EACH));
}, 240_000);

test('ClickHouse killed under load loses nothing', async () => {
  const world = await worldOn(() => startRedis());
  const worker = startWorkerProcess(world.config);
  cleanUp.push(() => worker.kill('SIGKILL'));
  let inserts = 0;
  const reached = Promise.withResolvers<void>();
  world.shim.decide = ({ table }) => {
    if (table && ++inserts === 15) reached.resolve();
    return 'pass';
  };
  const shipped = Promise.all(batches().map((batch) => world.ship(batch)));
  await reached.promise;
  await world.clickhouse.crash();
  await shipped;
  expect(await world.figures()).toEqual(figuresOf(BATCHES * EVENTS_EACH));
}, 240_000);

test('SIGTERM finishes what is in hand and ends with 0', async () => {
  const world = await worldOn(() => startRedis());
  const worker = startWorkerProcess(world.config);
  cleanUp.push(() => worker.kill('SIGKILL'));
  await world.ship(batchOfEvents('first', [usageEventOf()]));
  const shipped = Promise.all(batches().map((batch) => world.ship(batch)));
  await expect.poll(async () => (await world.figures()).events, { timeout: 30_000 }).toBeGreaterThan(100);
  expect(await worker.kill('SIGTERM')).toBe(0);
  const found = await world.figures();
  expect([found.ratings, found.calls, found.rated]).toEqual([found.events, found.events, found.events]);
  const next = startWorkerProcess(world.config);
  cleanUp.push(() => next.kill('SIGKILL'));
  await shipped;
  expect(await world.figures()).toEqual(figuresOf(BATCHES * EVENTS_EACH + 1));
}, 240_000);

test('SIGTERM while ClickHouse is away ends too, and the batch waits in the queue', async () => {
  const world = await worldOn(() => startRedis());
  const worker = startWorkerProcess(world.config);
  cleanUp.push(() => worker.kill('SIGKILL'));
  await world.ship(batchOfEvents('first', [usageEventOf()]));
  world.shim.decide = () => 'down';
  const shipped = world.ship(batchOfEvents('second', [usageEventOf()]));
  await expect.poll(() => worker.lines.join(), { timeout: 30_000 }).toContain('ClickHouse did not answer');
  expect(await worker.kill('SIGTERM')).toBe(0);
  world.shim.decide = () => 'pass';
  const next = startWorkerProcess(world.config);
  cleanUp.push(() => next.kill('SIGKILL'));
  await shipped;
  expect(await world.figures()).toEqual(figuresOf(2));
}, 240_000);
