/**
 * How fast a worker drains a backlog into ClickHouse: fills the queue, starts the worker, waits for the last receipt.
 *   npm run bench:drain --workspace @weir/usage-worker -- [events]
 * Needs CLICKHOUSE_URL (migrated), WEIR_QUEUE_URL and a worker's other variables; prints one JSON line.
 */
import { cpus } from 'node:os';
import { migrate, writer } from '@weir/clickhouse';
import { BATCH_MAX_EVENTS, USAGE_QUEUE } from '@weir/contracts';
import { migrateQueue, openProducer } from '@weir/queue';
import { z } from 'zod';
import { readConfig } from '../src/config.js';
import { UsageWorker } from '../src/worker.js';
import { batchOfEvents, priceBook, usageEventOf } from '../test/support/batches.js';
import { startDoor } from '../test/support/door.js';

const wanted = Number(process.argv[2] ?? 200_000);
const batches = Math.ceil(wanted / BATCH_MAX_EVENTS);

const door = await startDoor(priceBook());
const config = readConfig({
  ...process.env,
  WEIR_DOOR_URL: door.url,
  WEIR_DOOR_TOKEN: door.token,
  WEIR_WORKER_INTERNAL_PORT: '0',
});
await migrate(config.clickhouseUrl);
await migrateQueue(config.queueUrl);

let confirmed = 0;
const finished = Promise.withResolvers<void>();
const producer = openProducer({
  url: config.queueUrl,
  queue: USAGE_QUEUE,
  onCompleted: () => {
    if (++confirmed === batches) finished.resolve();
  },
  onError: (error) => console.error(error.message),
});
const run = `bench${Date.now()}`;
for (let i = 0; i < batches; i++) {
  const events = Array.from({ length: BATCH_MAX_EVENTS }, (_, n) =>
    usageEventOf({ user: `user-${(i * 7 + n) % 1_000}` }),
  );
  const batch = batchOfEvents(`${run}-${i}`, events);
  while (
    !(await producer.add(batch.batchId, batch).then(
      () => true,
      () => false,
    ))
  ) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const worker = new UsageWorker(config, (level, message) => level === 'info' || console.error(message));
const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
await worker.start();
await finished.promise;
const seconds = (performance.now() - startedAt) / 1_000;
const cpu = process.cpuUsage(cpuBefore);
const events = batches * BATCH_MAX_EVENTS;

const store = writer(config.clickhouseUrl);
const [stored] = await store.query({
  name: 'bench-stored',
  sql: `SELECT count() AS events, (SELECT count() FROM ratings_v1 WHERE batch_id LIKE {run:String}) AS ratings
    FROM usage_events_v1 WHERE batch_id LIKE {run:String}`,
  params: { run: `${run}-%` },
  row: z.object({ events: z.number(), ratings: z.number() }),
});
const result = {
  events,
  seconds: Number(seconds.toFixed(2)),
  eventsPerSecond: Math.round(events / seconds),
  workerCpuMicrosecondsPerEvent: Number(((cpu.user + cpu.system) / events).toFixed(1)),
  concurrency: config.concurrency,
  queue: new URL(config.queueUrl).protocol.slice(0, -1),
  cores: cpus().length,
  stored,
};
console.log(JSON.stringify(result));
if (stored?.events !== events || stored.ratings !== events) process.exitCode = 1;
await worker.stop();
await producer.close();
await store.close();
await door.stop();
