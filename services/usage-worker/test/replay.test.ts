import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId, TRANSCRIPT_QUEUE } from '@weir/contracts';
import { openProducer } from '@weir/queue';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { consume } from '../src/consume.js';
import { Progress } from '../src/progress.js';
import { BatchStore } from '../src/store/batch-store.js';
import { Gate } from '../src/store/gate.js';
import { TranscriptLane } from '../src/transcripts/lane.js';
import { batchOf, batchOfEvents, priceBook, usageEventOf } from './support/batches.js';
import { batchOfFrames, recorded } from './support/recorded.js';
import { type RedisServer, startRedis } from './support/redis.js';
import { figuresOf, makeWorld, type World } from './support/world.js';

let redis: RedisServer;
let world: World;
let before: { events: number; quarantined: number };
beforeAll(async () => {
  redis = await startRedis();
  world = await makeWorld(redis.url);
});
afterAll(async () => {
  await world.stop();
  await redis.stop();
});
beforeEach(async () => {
  before = await world.figures();
});

const book = priceBook();
const gate = () =>
  new Gate({ firstDelayMs: 1, maxDelayMs: 2, signal: new AbortController().signal, onFailure: () => undefined });

/** Takes up a job as the queue hands it over: the first time, or again. */
function handler(priceBook = book) {
  const store = new BatchStore(world.store, gate(), 'on');
  const take = consume({ store, priceBook: () => priceBook, progress: new Progress(), log: () => undefined });
  return (data: unknown, attemptsStarted = 1) => take({ data, attemptsStarted, attemptsMade: 0, stalledCounter: 0 });
}

const SUMS = ['usage_per_hour_v1', 'rating_lines_per_hour_v1', 'usage_reports_per_hour_v1'];

/** Lets the server forget its tokens and makes every row look as if it had been stored an hour ago. */
async function forget(): Promise<void> {
  for (const table of ['usage_events_v1', 'ratings_v1', 'quarantined_events_v1']) {
    await world.store.command(
      'age',
      `ALTER TABLE ${table} UPDATE stored_at = now64(3) - 3600 WHERE 1 SETTINGS mutations_sync = 2`.replace(
        'stored_at',
        table === 'ratings_v1' ? 'rated_at' : 'stored_at',
      ),
    );
  }
  for (const table of ['usage_events_v1', 'ratings_v1', 'quarantined_events_v1', ...SUMS]) {
    await world.store.command('forget', `ALTER TABLE ${table} MODIFY SETTING non_replicated_deduplication_window = 0`);
    await world.store.command(
      'remember',
      `ALTER TABLE ${table} MODIFY SETTING non_replicated_deduplication_window = 100000`,
    );
  }
}

const poisoned = (batchId: string, events: number) => {
  const good = Array.from({ length: events }, () => JSON.stringify(usageEventOf()));
  return batchOf(batchId, `[${[...good, 'null', '{"v":1}'].join(',')}]`, events + 2);
};

test('without the look-up a replay after the server forgot is stored twice: the tests below can fail', async () => {
  const batch = poisoned('control', 10);
  await handler()(batch);
  await forget();
  await handler()(batch, 1);
  expect(await world.figures()).toMatchObject({ events: before.events + 20, distinct: before.events + 10 });
  await world.store.command(
    'clean',
    "ALTER TABLE usage_events_v1 DELETE WHERE batch_id = 'control' SETTINGS mutations_sync = 2",
  );
  for (const table of ['ratings_v1', 'quarantined_events_v1', ...SUMS]) {
    await world.store.command('clean', `TRUNCATE TABLE ${table}`);
  }
});

test('a batch taken up again long after it was stored changes nothing', async () => {
  const batch = poisoned('replayed', 40);
  const receipt = await handler()(batch);
  expect(receipt).toEqual({ batchId: 'replayed', stored: 40, quarantined: 2 });
  const stored = await world.figures();
  expect(stored).toEqual(figuresOf(before.events + 40, before.quarantined + 2));
  await forget();
  for (let again = 2; again < 5; again++) expect(await handler()(batch, again)).toEqual(receipt);
  expect(await world.figures()).toEqual(stored);
});

test('an old batch that comes as a new job is looked up, too', async () => {
  const longAgo = Date.now() - 7_200_000;
  const batch = batchOfEvents('old', [usageEventOf({ startedAt: longAgo }), usageEventOf({ startedAt: longAgo + 5 })]);
  await handler()(batch);
  const stored = await world.figures();
  await forget();
  await handler()(batch, 1);
  expect(await world.figures()).toEqual(stored);
});

test('a batch whose events were stored but whose ratings were not is completed', async () => {
  const batch = poisoned('half', 25);
  await handler()(batch);
  const whole = await world.figures();
  await world.store.command(
    'lose',
    "ALTER TABLE ratings_v1 DELETE WHERE batch_id = 'half' SETTINGS mutations_sync = 2",
  );
  await forget();
  expect(await world.figures()).toMatchObject({ ratings: whole.ratings - 25 });
  await handler()(batch, 2);
  expect(await world.figures()).toMatchObject({
    events: whole.events,
    ratings: whole.ratings,
    quarantined: whole.quarantined,
  });
});

test('a batch that was stored in part is completed with the missing rows only', async () => {
  const batch = poisoned('part', 30);
  await handler()(batch);
  const whole = await world.figures();
  const ids = JSON.parse(`[${batch.body.slice(1, -1)}]`) as ({ eventId?: string } | null)[];
  const lost = ids.slice(0, 12).map((event) => `'${event?.eventId}'`);
  await world.store.command(
    'lose',
    `ALTER TABLE usage_events_v1 DELETE WHERE event_id IN (${lost.join(',')}) SETTINGS mutations_sync = 2`,
  );
  await forget();
  await handler()(batch, 2);
  expect(await world.figures()).toMatchObject({ events: whole.events, distinct: whole.distinct });
});

test('a repeat under other prices does not rate a call twice', async () => {
  const batch = batchOfEvents('repriced', [usageEventOf()]);
  await handler()(batch);
  const stored = await world.figures();
  await handler(priceBook(2, '100'))(batch, 2);
  expect(await world.figures()).toEqual(stored);
});

test('what was deleted is in no file of Redis, nor what came too late', async () => {
  const lane = new TranscriptLane({ queueUrl: redis.url, writer: world.store, log: () => undefined });
  const receipts = new Map<string, unknown>();
  const producer = openProducer({
    ...{ url: redis.url, queue: TRANSCRIPT_QUEUE, onError: () => undefined },
    onCompleted: (id, result) => receipts.set(id, result),
  });
  const projectId = newId();
  const send = async () => {
    const content = `Where is the water? ${newId()}`;
    const batch = batchOfFrames([recorded({ projectId, request: { messages: [{ role: 'user', content }] } })]);
    const isThere = () =>
      producer.add(batch.batchId, batch).then(
        () => true,
        () => false,
      );
    await expect.poll(isThere).toBe(true);
    await expect.poll(() => receipts.get(batch.batchId), { timeout: 30_000 }).toBeDefined();
    return batch.frames.slice(100, 180);
  };
  const isOnDisk = async (bytes: string) => {
    const [, folder = ''] = (await redis.client.config('GET', 'dir')) as string[];
    const files = (await readdir(join(folder, 'appendonlydir'))).map((name) => join(folder, 'appendonlydir', name));
    // One that is being removed is none any more.
    const texts = await Promise.all(files.map((file) => readFile(file, 'latin1').catch(() => '')));
    return texts.some((text) => text.includes(bytes));
  };
  lane.start();
  const stored = await send();
  expect(await isOnDisk(stored)).toBe(true);
  const scope = { conversationId: null, appId: null, user: null, providerId: null, from: null, to: null };
  await lane.erase({ deletionId: newId(), projectId, orderedAt: Date.now() + 60_000, isDone: false, ...scope });
  expect(await lane.bytesGone(new AbortController().signal)).not.toBeNull();
  expect(await isOnDisk(stored)).toBe(false);
  const late = await send();
  expect(receipts.size).toBe(2);
  await expect.poll(() => isOnDisk(late), { timeout: 30_000 }).toBe(false);
  await lane.stop(1_000);
  await producer.close();
}, 120_000);
