import type { UsageBatch } from '@weir/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { UsageWorker } from '../src/worker.js';
import { batchOf, batchOfEvents, usageEventOf } from './support/batches.js';
import { startPostgres } from './support/postgres.js';
import { startRedis } from './support/redis.js';
import { figuresOf, makeWorld, type World } from './support/world.js';

let batchCount = 0;
function newBatches(batches: number, eventsEach: number): UsageBatch[] {
  return Array.from({ length: batches }, () => {
    const events = Array.from({ length: eventsEach }, () => usageEventOf());
    return batchOfEvents(`journal-${++batchCount}`, events);
  });
}

describe.each([
  ['Redis', () => startRedis(), [159, 202, 241, 242, 243, 252, 319]],
  // What ClickHouse says is met where it is inserted into, not in the queue.
  ['PostgreSQL', () => startPostgres(), [241]],
] as const)('with the queue on %s', (_, startQueue, codes) => {
  let queue: { url: string; stop(): Promise<void> };
  let world: World;
  let worker: UsageWorker;
  let before: number;

  beforeAll(async () => {
    queue = await startQueue();
    world = await makeWorld(queue.url);
    worker = world.worker();
    await worker.start();
  });
  afterAll(async () => {
    await worker.stop();
    await world.stop();
    await queue.stop();
  });
  beforeEach(async () => {
    world.shim.decide = () => 'pass';
    before = (await world.figures()).events;
  });
  const quarantined = async () => (await world.figures()).quarantined;

  test('a batch becomes events, ratings and sums before its receipt is given', async () => {
    const [batch] = newBatches(1, 50);
    const receipt = await world.ship(batch as UsageBatch);
    expect(receipt).toEqual({ batchId: batch?.batchId, stored: 50, quarantined: 0 });
    expect(await world.figures()).toEqual(figuresOf(before + 50, await quarantined()));
  });

  test('batches shipped five times each, in any order, are stored once', async () => {
    const batches = newBatches(12, 20);
    const often = batches.flatMap((batch) => Array.from({ length: 5 }, () => batch));
    await Promise.all(often.sort(() => Math.random() - 0.5).map((batch) => world.ship(batch)));
    expect(await world.figures()).toEqual(figuresOf(before + 240, await quarantined()));
  });

  test('an insert whose answer is lost is repeated until it is known to be stored, and stored once', async () => {
    let answers = 0;
    world.shim.decide = ({ table }) => (table && ++answers % 3 === 0 ? 'drop_reply' : 'pass');
    await Promise.all(newBatches(20, 10).map((batch) => world.ship(batch)));
    expect(answers).toBeGreaterThan(50);
    expect(await world.figures()).toEqual(figuresOf(before + 200, await quarantined()));
  });

  test.each([...codes])('code %d is waited out, and nothing is given up', async (code) => {
    let left = 4;
    world.shim.decide = () => (left-- > 0 ? code : 'pass');
    await Promise.all(newBatches(3, 10).map((batch) => world.ship(batch)));
    expect(await world.figures()).toEqual(figuresOf(before + 30, await quarantined()));
  });

  test('while ClickHouse is away the worker says so, stays alive and goes on by itself', async () => {
    world.shim.decide = () => 'down';
    const shipped = Promise.all(newBatches(8, 5).map((batch) => world.ship(batch)));
    await expect.poll(() => worker.health.report().reasons.join()).toContain('ClickHouse takes no inserts since');
    expect(worker.health.report().alive).toBe(true);
    world.shim.decide = () => 'pass';
    await shipped;
    expect(worker.health.report()).toEqual({ alive: true, ready: true, reasons: [] });
    expect(await world.figures()).toEqual(figuresOf(before + 40, await quarantined()));
  });

  test('poison events are set aside with their reason, once, and the rest lands', async () => {
    const aside = await quarantined();
    const good = Array.from({ length: 30 }, () => JSON.stringify(usageEventOf()));
    const poison = ['{"v":1,"durationMs":NaN}', 'null', JSON.stringify(usageEventOf({ startedAt: 5 }))];
    const body = `[${[...good.slice(0, 10), ...poison, ...good.slice(10)].join(',')}]`;
    const batch = batchOf(`journal-${++batchCount}`, body, 33);
    for (let time = 0; time < 3; time++) {
      expect(await world.ship(batch)).toEqual({ batchId: batch.batchId, stored: 30, quarantined: 3 });
    }
    expect(await world.figures()).toEqual(figuresOf(before + 30, aside + 3));
  });

  test('text that has no UTF-8 form does not hold up its batch', async () => {
    const batch = batchOfEvents(`journal-${++batchCount}`, [
      usageEventOf({ user: 'half \ud800', tags: { '\udfff': '\ud800' }, path: '/v1/\u0000"\\' }),
    ]);
    expect(await world.ship(batch)).toMatchObject({ stored: 1, quarantined: 0 });
  });

  test('a batch whose bytes changed on the way is never stored, and its true bytes still can be', async () => {
    const [batch] = newBatches(1, 10);
    const damaged = { ...(batch as UsageBatch), body: batch?.body.replace('shop', 'shoq') ?? '' };
    await world.producer.add(damaged.batchId, damaged);
    await expect.poll(() => worker.progress.refused, { timeout: 20_000 }).toBeGreaterThan(0);
    await expect.poll(() => world.producer.state(damaged.batchId), { timeout: 20_000 }).toBe('missing');
    expect((await world.figures()).events).toBe(before);
    await world.ship(batch as UsageBatch);
    expect(await world.figures()).toEqual(figuresOf(before + 10, await quarantined()));
  });

  test('a batch over the turn of a month is stored once although its answer is lost', async () => {
    const turn = Date.UTC(2026, 9, 31, 23, 59, 59, 990);
    const events = Array.from({ length: 20 }, (_, i) => usageEventOf({ startedAt: turn + i }));
    let drops = 2;
    world.shim.decide = ({ table }) => (table && drops-- > 0 ? 'drop_reply' : 'pass');
    await world.ship(batchOfEvents(`journal-${++batchCount}`, events));
    expect(await world.figures()).toEqual(figuresOf(before + 20, await quarantined()));
  });
});
