import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, type Writer, writer } from '@weir/clickhouse';
import { type BatchReceipt, batchReceipt, type PriceBook, USAGE_QUEUE, type UsageBatch } from '@weir/contracts';
import { migrateQueue, openProducer, type Producer } from '@weir/queue';
import { z } from 'zod';
import { type ClickHouseServer, startClickHouse } from '../../../../clickhouse/test/support/clickhouse-server.js';
import type { Config } from '../../src/config.js';
import type { Log } from '../../src/log.js';
import { UsageWorker } from '../../src/worker.js';
import { priceBook } from './batches.js';
import { type ClickHouseShim, startShim } from './clickhouse-shim.js';
import { startDoor, type TestDoor } from './door.js';

/** Everything around a worker, real, with faults to order between it and ClickHouse. */
export interface World {
  readonly clickhouse: ClickHouseServer;
  readonly shim: ClickHouseShim;
  readonly door: TestDoor;
  readonly producer: Producer;
  readonly store: Writer;
  readonly logged: string[];
  readonly config: Config;
  worker(over?: Partial<Config>): UsageWorker;
  /** Queues a batch, as often as it takes; resolves with the receipt that its proxy would see. */
  ship(batch: UsageBatch): Promise<BatchReceipt>;
  figures(): Promise<Figures>;
  stop(): Promise<void>;
}

const figures = z.object({
  events: z.number(),
  distinct: z.number(),
  ratings: z.number(),
  quarantined: z.number(),
  calls: z.number(),
  rated: z.number(),
  tokens: z.number(),
  spend: z.string(),
});
export type Figures = z.output<typeof figures>;

const FIGURES = `SELECT (SELECT count() FROM usage_events_v1) AS events,
  (SELECT uniqExact(event_id) FROM usage_events_v1) AS distinct, (SELECT count() FROM ratings_v1) AS ratings,
  (SELECT count() FROM quarantined_events_v1) AS quarantined, (SELECT sum(attempts) FROM usage_per_hour_v1) AS calls,
  (SELECT sum(rated_calls) FROM usage_per_hour_v1) AS rated,
  (SELECT sum(input_tokens) FROM usage_per_hour_v1) AS tokens,
  (SELECT toString(sum(spend)) FROM usage_per_hour_v1) AS spend`;

/** What must be in the store after `events` calls of `usageEventOf()` at the prices of `priceBook()`. */
export function figuresOf(events: number, quarantined = 0): Figures {
  const spend = z.coerce.string().parse((events * 20) / 1_000_000);
  return {
    events,
    distinct: events,
    ratings: events,
    quarantined,
    calls: events,
    rated: events,
    tokens: events * 10,
    spend,
  };
}

export async function makeWorld(queueUrl: string, book: PriceBook | null = priceBook()): Promise<World> {
  const clickhouse = await startClickHouse();
  const databaseUrl = clickhouse.newDatabase();
  await migrate(databaseUrl);
  await migrateQueue(queueUrl);
  const shim = await startShim(databaseUrl);
  const door = await startDoor(book);
  const store = writer(databaseUrl);
  const home = await mkdtemp(join(tmpdir(), 'weir-worker-'));
  const logged: string[] = [];
  const log: Log = (level, message, fields) => logged.push(`${level} ${message} ${JSON.stringify(fields ?? {})}`);
  const receipts = new Map<string, unknown>();
  const producer = openProducer({
    url: queueUrl,
    queue: USAGE_QUEUE,
    onCompleted: (batchId, result) => receipts.set(batchId, result),
    onError: () => undefined,
  });
  // A producer refuses while it has no connection; a test begins when it has one.
  while (!(await producer.state('none').catch(() => null))) await new Promise((resolve) => setTimeout(resolve, 10));
  const config: Config = {
    home,
    internalHost: '127.0.0.1',
    internalPort: 0,
    doorUrl: door.url,
    doorToken: door.token,
    queueUrl,
    clickhouseUrl: shim.url,
    concurrency: 4,
    deduplication: 'on',
    stuckAfterMs: 30_000,
    spanRetentionDays: 30,
    telemetry: null,
  };
  return {
    clickhouse,
    shim,
    door,
    producer,
    store,
    logged,
    config,
    worker: (over) => new UsageWorker({ ...config, ...over }, log),
    async ship(batch) {
      for (;;) {
        await producer.add(batch.batchId, batch).catch(() => undefined);
        for (let look = 0; look < 40; look++) {
          if (receipts.has(batch.batchId)) return batchReceipt.parse(receipts.get(batch.batchId));
          await new Promise((resolve) => setTimeout(resolve, 25));
        }
        const state = await producer.state(batch.batchId).catch(() => 'pending');
        if (state === 'completed') receipts.set(batch.batchId, await producer.result(batch.batchId));
      }
    },
    async figures() {
      const [found] = await store.query({ name: 'figures', sql: FIGURES, row: figures });
      return found as Figures;
    },
    async stop() {
      await producer.close();
      await store.close();
      await door.stop();
      await shim.stop();
      await clickhouse.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
