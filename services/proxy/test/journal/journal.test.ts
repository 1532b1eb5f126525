import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { crc32c, USAGE_QUEUE, type UsageBatch, type UsageEvent } from '@weir/contracts';
import { type Consumer, openConsumer } from '@weir/queue';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Journal, type JournalOptions, openJournal, queueAt } from '../../src/journal/index.js';
import { sampleEvent } from './event.js';
import { startRedis, type TestRedis } from './redis.js';

const PATIENCE = { timeout: 30_000, interval: 20 };

/** Stands where ClickHouse does: keeps what it is given, per batch id. */
class Sink {
  readonly batches = new Map<string, string>();
  deliveries = 0;

  take({ batchId, body, crc32c: crc, events }: UsageBatch) {
    this.deliveries++;
    expect(crc32c(Buffer.from(body))).toBe(crc);
    const known = this.batches.get(batchId);
    if (known !== undefined) expect(body).toBe(known);
    this.batches.set(batchId, body);
    return { batchId, stored: events, quarantined: 0 };
  }

  get events(): UsageEvent[] {
    return [...this.batches.values()].flatMap((body) => JSON.parse(body) as UsageEvent[]);
  }
  get ids(): string[] {
    return this.events.map((event) => event.eventId).sort();
  }
}

let redis: TestRedis;
let directory: string;
let sink: Sink;
const consumers: Consumer[] = [];
const closers: (() => Promise<void>)[] = [];

beforeEach(async () => {
  redis = await startRedis();
  directory = mkdtempSync(join(tmpdir(), 'weir-journal-'));
  sink = new Sink();
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close().catch(() => undefined);
  for (const consumer of consumers.splice(0)) await consumer.close(true).catch(() => undefined);
  await redis.end();
  rmSync(directory, { recursive: true, force: true });
});

function consume() {
  const consumer = openConsumer({
    url: redis.url,
    queue: USAGE_QUEUE,
    concurrency: 4,
    lockDurationMs: 5_000,
    process: async (job) => sink.take(job.data as UsageBatch),
    onError: () => undefined,
  });
  consumers.push(consumer);
  return consumer;
}

function open(options: Partial<JournalOptions> = {}): Journal {
  const opened = openJournal({
    directory,
    name: 'test',
    log: () => undefined,
    openQueue: queueAt(redis.url, () => undefined),
    cutEveryMs: 20,
    ...options,
  });
  closers.push(() => opened.close(0));
  return opened.journal;
}

/** As if the process had been killed: nothing is flushed, only the lock is taken away. */
async function crash(journal: Journal) {
  await closers.pop()?.();
  rmSync(join(directory, 'lock'), { force: true });
  return journal;
}

const settled = (journal: Journal, count: number) =>
  vi.waitFor(() => {
    expect(journal.stats()).toMatchObject({ appended: count, confirmed: count, pendingBatches: 0 });
  }, PATIENCE);

describe('the journal', () => {
  it('delivers every closed event once and counts it as confirmed', async () => {
    consume();
    const journal = open();
    const events = Array.from({ length: 2_345 }, () => sampleEvent());
    for (const event of events) {
      journal.open({ ...event, outcome: 'interrupted' });
      journal.close(event);
    }
    await settled(journal, events.length);
    expect(sink.ids).toEqual(events.map((event) => event.eventId).sort());
    expect(sink.events.every((event) => event.outcome === 'completed')).toBe(true);
  });

  it('turns calls that were open when the process died into interrupted events', async () => {
    // Away, so that the journal that lives on beside the copy of its files ships nothing.
    await redis.kill();
    const journal = open();
    const done = sampleEvent();
    const cut = sampleEvent({ outcome: 'interrupted', durationMs: null });
    journal.open({ ...done, outcome: 'interrupted' });
    journal.close(done);
    journal.open(cut);
    journal.checkpoint({ ...cut, responseBytes: 4_711 });
    await journal.commit();
    // Left as it is: the files are copied from under the living journal, as a kill would leave them.
    const left = mkdtempSync(join(tmpdir(), 'weir-journal-'));
    for (const name of readdirSync(directory)) {
      if (name !== 'lock') writeFileSync(join(left, name), readFileSync(join(directory, name)));
    }
    await crash(journal);
    rmSync(directory, { recursive: true });
    directory = left;
    await redis.start();
    consume();
    const next = open();
    await settled(next, 2);
    expect(sink.ids).toEqual([done.eventId, cut.eventId].sort());
    expect(sink.events.find((event) => event.eventId === cut.eventId)).toMatchObject({
      outcome: 'interrupted',
      responseBytes: 4_711,
    });
  });

  it('keeps everything while the queue is away from the start, and ships it when it comes', async () => {
    await redis.kill();
    const journal = open();
    const events = Array.from({ length: 700 }, () => sampleEvent());
    for (const event of events) journal.close(event);
    await vi.waitFor(() => expect(journal.stats()).toMatchObject({ appended: 700, confirmed: 0 }), PATIENCE);
    await redis.start();
    consume();
    await settled(journal, 700);
    expect(new Set(sink.ids).size).toBe(700);
  });

  it('sends batches again, under the same ids and bytes, when the queue lost its memory', async () => {
    const journal = open();
    const events = Array.from({ length: 4_800 }, () => sampleEvent());
    for (const event of events) journal.close(event);
    await vi.waitFor(() => expect(journal.stats().appended).toBe(4_800), PATIENCE);
    const probe = new Redis(redis.url);
    await vi.waitFor(async () => expect(await probe.llen(`bull:${USAGE_QUEUE}:wait`)).toBe(3), PATIENCE);
    probe.disconnect();
    await redis.kill();
    await redis.start();
    consume();
    await settled(journal, 4_800);
    expect(new Set(sink.ids).size).toBe(4_800);
    expect(sink.ids.length).toBe(4_800);
  });

  it('cuts larger batches while the other side is behind', async () => {
    const journal = open();
    const add = async (count: number) => {
      const { appended } = journal.stats();
      journal.close(sampleEvent());
      await vi.waitFor(() => expect(journal.stats().appended).toBe(appended + 1), PATIENCE);
      if (count > 1) await add(count - 1);
    };
    while (journal.stats().pendingBatches < 16) await add(1);
    const before = journal.stats();
    await add(20);
    consume();
    await settled(journal, before.appended + 20);
    // One more may have been due already.
    expect(sink.batches.size).toBeLessThanOrEqual(before.pendingBatches + 2);
  });

  it('gathers the calls of a busy proxy, and sends those of a quiet one at once', async () => {
    consume();
    const journal = open({ cutEveryMs: 500 });
    const add = (count: number) => {
      for (let event = 0; event < count; event++) journal.close(sampleEvent());
    };
    add(64);
    // Later than a batch of a few is cut, earlier than one of many.
    await delay(750);
    add(1);
    await settled(journal, 65);
    expect(sink.batches.size).toBe(1);
    add(1);
    await settled(journal, 66);
    add(1);
    await settled(journal, 67);
    expect(sink.batches.size).toBe(3);
  });

  it('repeats the batch ids of a former process, so that the sink can tell a repeat', async () => {
    await redis.kill();
    const journal = open();
    for (let i = 0; i < 40; i++) journal.close(sampleEvent());
    await vi.waitFor(() => expect(journal.stats().appended).toBe(40), PATIENCE);
    await crash(journal);
    await redis.start();
    consume();
    const again = open();
    await settled(again, 40);
    const ids = [...sink.batches.keys()];
    await crash(again);
    expect(ids.length).toBe(1);
    expect(sink.ids.length).toBe(40);
    const third = open();
    expect(third.stats()).toMatchObject({ appended: 40, confirmed: 40, pendingBatches: 0 });
  });

  it('drops a segment only after its batches are confirmed, and keeps its counts', async () => {
    const journal = open({ segmentBytes: 64 * 1024 });
    const long = sampleEvent({ outcome: 'interrupted', durationMs: null });
    journal.open(long);
    for (let i = 0; i < 500; i++) {
      journal.close(sampleEvent());
      if (i % 25 === 24) await new Promise(setImmediate);
    }
    const segments = () => readdirSync(directory).filter((name) => name.endsWith('.segment')).length;
    expect(segments()).toBeGreaterThan(5);
    consume();
    await settled(journal, 500);
    await vi.waitFor(() => expect(segments()).toBe(1), PATIENCE);
    await crash(journal);
    const next = open();
    await settled(next, 501);
    expect(sink.events.filter((event) => event.eventId === long.eventId)).toHaveLength(1);
  });

  it('lets the client see the end of a call only once it is written', async () => {
    const journal = open();
    const event = sampleEvent();
    journal.open({ ...event, outcome: 'interrupted' });
    const segment = readdirSync(directory).find((name) => name.endsWith('.segment')) as string;
    const size = () => readFileSync(join(directory, segment)).length;
    const before = size();
    const after = await new Promise<number>((resolve) => journal.close(event, () => resolve(size())));
    expect(after - before).toBeGreaterThan(JSON.stringify(event).length);
  });

  it('survives a torn last write', async () => {
    await redis.kill();
    const journal = open();
    for (let i = 0; i < 10; i++) journal.close(sampleEvent());
    await journal.commit();
    const name = readdirSync(directory)
      .filter((file) => file.endsWith('.segment'))
      .sort()
      .at(-1) as string;
    const bytes = readFileSync(join(directory, name));
    await crash(journal);
    writeFileSync(join(directory, name), bytes);
    rmSync(join(directory, name.replace('.segment', '.index')), { force: true });
    truncateSync(join(directory, name), bytes.length - 3);
    await redis.start();
    consume();
    const next = open();
    await vi.waitFor(() => expect(next.stats().pendingBatches).toBe(0), PATIENCE);
    expect(next.stats().appended).toBe(9);
    expect(new Set(sink.ids).size).toBe(9);
  });

  it('refuses a directory that another living process holds', () => {
    open();
    writeFileSync(join(directory, 'lock'), `1 ${readFileSync('/proc/1/stat', 'utf8').split(') ')[1]?.split(' ')[19]}`);
    expect(() => open()).toThrow(/in use by process 1/);
  });

  it('refuses to start over beside segments whose state is gone', async () => {
    const journal = open();
    journal.close(sampleEvent());
    await crash(journal);
    rmSync(join(directory, 'state.json'));
    expect(() => open()).toThrow(/state.json/);
    rmSync(join(directory, 'lock'), { force: true });
  });
});
