import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listConversations, spanDetails, spanLinks } from '@weir/clickhouse';
import { DOOR, newId, SPAN_QUEUE, TRANSCRIPT_QUEUE } from '@weir/contracts';
import { openProducer } from '@weir/queue';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UsageWorker } from '../src/worker.js';
import { batchOfEvents, usageEventOf } from './support/batches.js';
import { startPostgres } from './support/postgres.js';
import { batchOfFrames, recorded } from './support/recorded.js';
import { agentSpan, batchOfSpans } from './support/spans.js';
import { makeWorld, type World } from './support/world.js';

const UNPACKED = [
  ['transcript_pieces_v1', ['data']],
  ['transcript_messages_v1', ['content', 'words']],
  ['transcript_turns_v1', ['title', 'request_skeleton']],
] as const;

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

/** Whether any row of the queue has it. */
async function queueHas(text: string): Promise<boolean> {
  const client = new Client({ connectionString: queue.url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    for (const { name } of rows) {
      const found = await client.query(`SELECT 1 FROM ${name} AS t WHERE position($1 IN t::text) > 0 LIMIT 1`, [text]);
      if (found.rows.length > 0) return true;
    }
    return false;
  } finally {
    await client.end();
  }
}

/** Files of ClickHouse with these bytes in them. */
async function filesWith(text: string): Promise<string[]> {
  const { folder } = world.clickhouse;
  const found = await Promise.all(
    (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => {
        const path = join(parentPath, name);
        // A file that a merge has taken away meanwhile has nothing any more.
        const bytes = await readFile(path).catch(() => Buffer.alloc(0));
        return bytes.includes(text) ? [path] : [];
      }),
  );
  return found.flat();
}

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
  const CANARY = 'wherewatercanary';
  // As bytes are on disk, so that looking for them there means something.
  for (const [table, columns] of UNPACKED) {
    const changes = columns.map((column) => `MODIFY COLUMN ${column} String CODEC(NONE)`).join(', ');
    await world.store.command('unpack', `ALTER TABLE ${table} ${changes}`);
  }
  const content = `Where is the water? ${CANARY} ${'of the weir '.repeat(30)}`;
  const frames = [recorded({ projectId: project, request: { messages: [{ role: 'user', content }] } })];
  const batch = batchOfFrames(frames);
  const inQueue = batch.frames.slice(100, 180);
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
  expect(await queueHas(inQueue)).toBe(true);
  world.shim.decide = () => 'pass';
  await expect
    .poll(() => receipts.get(batch.batchId), { timeout: 30_000 })
    .toEqual({ batchId: batch.batchId, stored: 1, quarantined: 0 });
  const { nodes } = await listConversations(world.store, project, { first: 10 });
  expect(nodes.map(({ title }) => title)).toEqual([expect.stringMatching(/^Where is the water\?/)]);
  // A batch that is stored is not in the queue any more, which remembers the last ones it completed.
  expect(await queueHas(batch.batchId)).toBe(true);
  expect(await queueHas(inQueue)).toBe(false);
  expect((await filesWith(CANARY)).map((path) => path.split('/').at(-1))).toEqual(expect.arrayContaining(['data.bin']));
  const metrics = await (await fetch(`http://127.0.0.1:${worker.internalPort}/metrics`)).text();
  expect(metrics).toContain('weir_worker_transcripts_total{outcome="stored"} 1');

  // What the control plane orders to be deleted is deleted, and told with what was counted.
  const order = { id: newId(), lease: newId(), projectId: project, orderedAt: Date.now() + 60_000 };
  world.door.deletions.push({
    ...order,
    ...{ conversationId: null, appId: null, user: null, providerId: null, from: 0, to: Date.now() },
  });
  const result = () => world.door.told.find(({ path }) => path === DOOR.transcriptDeletionResult)?.body;
  await expect.poll(result, { timeout: 150_000 }).toBeDefined();
  const told = result();
  expect(told).toMatchObject({ id: order.id, lease: order.lease });
  expect((told as { tables: object[] }).tables).toContainEqual({ table: 'transcript_turns_v1', found: 1, left: 0 });
  expect((await listConversations(world.store, project, { first: 10 })).nodes).toEqual([]);
  // Nor is it in any file, from the time on that the receipt says.
  expect((told as { bytesGoneAt: number }).bytesGoneAt).toBeGreaterThan(order.orderedAt - 120_000);
  expect(await filesWith(CANARY)).toEqual([]);
  // What was in a spool all the while comes now, and leaves nothing.
  const late = batchOfFrames(frames);
  await producer.add(late.batchId, late);
  await expect
    .poll(() => receipts.get(late.batchId), { timeout: 30_000 })
    .toEqual({ batchId: late.batchId, stored: 0, quarantined: 0 });
  expect(await queueHas(late.frames.slice(100, 180))).toBe(false);
  expect(await filesWith(CANARY)).toEqual([]);
  await producer.close();
}, 240_000);

test('spans are stored once however often they come, and go with what is ordered to be deleted, late ones too', async () => {
  const receipts = new Map<string, unknown>();
  const producer = openProducer({
    ...{ url: queue.url, queue: SPAN_QUEUE, onError: () => undefined },
    onCompleted: (id, result) => receipts.set(id, result),
  });
  const [projectId, appId, traceId] = [newId(), newId(), 'd'.repeat(32)];
  const send = async (spans: Parameters<typeof agentSpan>[0][]) => {
    const batch = batchOfSpans({ projectId, appId, spans: spans.map(agentSpan) });
    await expect
      .poll(() =>
        producer.add(batch.batchId, batch).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    await expect.poll(() => receipts.get(batch.batchId), { timeout: 30_000 }).toBeDefined();
    return receipts.get(batch.batchId);
  };
  const now = Date.now();
  const of = (n: number, over = {}) => ({
    traceId,
    spanId: `${n}`.padStart(16, '0'),
    startedAtUs: now * 1_000 + n,
    ...over,
  });
  expect(await send([of(1), of(2), of(3, { user: 'ada', name: 'half \ud800' })])).toMatchObject({ stored: 3 });
  // The SDK had no answer and sends again, by now with its end.
  expect(await send([of(2, { durationMs: 9 })])).toMatchObject({ stored: 1 });
  const links = () => spanLinks(world.store, projectId, [traceId], now + 60_000);
  expect(
    (await links()).map(({ spanId, startedAtUs, durationMs }) => [
      Number(spanId),
      startedAtUs - now * 1_000,
      durationMs,
    ]),
  ).toEqual([
    [1, 1, 3.5],
    [2, 2, 9],
    [3, 3, 3.5],
  ]);
  const details = await spanDetails(world.store, projectId, [{ traceId, spanId: of(3).spanId }]);
  expect(details).toMatchObject([
    { user: 'ada', app: 'shop', attributes: { 'gen_ai.tool.name': 'gauge' }, leftOut: 2 },
  ]);
  expect(await spanDetails(world.store, newId(), [{ traceId, spanId: of(3).spanId }])).toEqual([]);

  const order = { id: newId(), lease: newId(), projectId, orderedAt: now + 60_000, conversationId: null, appId: null };
  world.door.told.length = 0;
  world.door.deletions.push({ ...order, user: 'ada', providerId: null, from: null, to: null });
  const result = () => world.door.told.find(({ path }) => path === DOOR.transcriptDeletionResult)?.body;
  await expect.poll(result, { timeout: 150_000 }).toBeDefined();
  expect((result() as { tables: object[] }).tables).toContainEqual({ table: 'spans_v1', found: 1, left: 0 });
  expect((await links()).map(({ spanId }) => Number(spanId))).toEqual([1, 2]);
  expect(await send([of(3, { user: 'ada' }), of(4)])).toMatchObject({ stored: 1 });
  expect((await links()).map(({ spanId }) => Number(spanId))).toEqual([1, 2, 4]);
  await producer.close();
}, 240_000);
