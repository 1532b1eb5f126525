import { listConversations } from '@weir/clickhouse';
import { DOOR, newId, TRANSCRIPT_QUEUE } from '@weir/contracts';
import { openProducer } from '@weir/queue';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UsageWorker } from '../src/worker.js';
import { batchOfEvents, usageEventOf } from './support/batches.js';
import { startPostgres } from './support/postgres.js';
import { batchOfFrames, recorded } from './support/recorded.js';
import { makeWorld, type World } from './support/world.js';

let queue: { url: string; stop(): Promise<void> };
let world: World;
let worker: UsageWorker;
beforeAll(async () => {
  queue = await startPostgres();
  world = await makeWorld(queue.url);
  worker = world.worker();
  await worker.start();
});
afterAll(async () => {
  await worker.stop();
  await world.stop();
  await queue.stop();
});

test('recorded calls may wait for their tables, and usage does not wait for them', async () => {
  const receipts = new Map<string, unknown>();
  const producer = openProducer({
    url: queue.url,
    queue: TRANSCRIPT_QUEUE,
    onCompleted: (id, result) => receipts.set(id, result),
    onError: () => undefined,
  });
  let refused = 0;
  world.shim.decide = ({ table }) => {
    if (!table?.startsWith('transcript_')) return 'pass';
    refused++;
    return 252;
  };
  const project = newId();
  const batch = batchOfFrames([
    recorded({ projectId: project, request: { messages: [{ role: 'user', content: 'Where is the water?' }] } }),
  ]);
  await expect
    .poll(() =>
      producer.add(batch.batchId, batch).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
  await expect.poll(() => refused, { timeout: 20_000 }).toBeGreaterThan(1);
  expect(await world.ship(batchOfEvents('journal-1', [usageEventOf()]))).toMatchObject({ stored: 1 });
  expect(receipts.size).toBe(0);
  world.shim.decide = () => 'pass';
  await expect
    .poll(() => receipts.get(batch.batchId), { timeout: 30_000 })
    .toEqual({ batchId: batch.batchId, stored: 1, quarantined: 0 });
  const { nodes } = await listConversations(world.store, project, { first: 10 });
  expect(nodes.map(({ title }) => title)).toEqual(['Where is the water?']);
  const metrics = await (await fetch(`http://127.0.0.1:${worker.internalPort}/metrics`)).text();
  expect(metrics).toContain('weir_worker_transcripts_total{outcome="stored"} 1');

  // What the control plane orders to be deleted is deleted, and told with what was counted.
  const order = { id: newId(), lease: newId(), projectId: project, orderedAt: Date.now() + 60_000 };
  world.door.deletions.push({
    ...order,
    ...{ conversationId: null, appId: null, user: null, providerId: null, from: 0, to: Date.now() },
  });
  await expect.poll(() => world.door.told, { timeout: 20_000 }).not.toEqual([]);
  const told = world.door.told.find(({ path }) => path === DOOR.transcriptDeletionResult)?.body;
  expect(told).toMatchObject({ id: order.id, lease: order.lease });
  expect((told as { tables: object[] }).tables).toContainEqual({ table: 'transcript_turns_v1', found: 1, left: 0 });
  expect((await listConversations(world.store, project, { first: 10 })).nodes).toEqual([]);
  await producer.close();
});
