import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deriveMasterKey, framesOf, mintToken, SPAN_QUEUE, transcriptBatch } from '@weir/contracts';
import { type Consumer, openConsumer } from '@weir/queue';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startRedis, type TestRedis } from '../journal/redis.js';
import { filesUnder } from '../recording/spooled.js';
import { call } from '../support/client.js';
import { startDoor, type TestDoor } from '../support/door.js';
import { snapshotOf, until } from '../support/harness.js';
import { type ProxyProcess, spawnProxy } from '../support/process.js';
import { protobufBody } from './otlp-body.js';
import { spanFramesIn } from './spooled.js';

const KEY = randomBytes(32).toString('base64');
const master = deriveMasterKey(KEY);
const minted = mintToken(master);

let redis: TestRedis;
let door: TestDoor;
let home: string;
let proxy: ProxyProcess | null = null;
let consumer: Consumer | null = null;

beforeAll(async () => {
  redis = await startRedis();
  home = mkdtempSync(join(tmpdir(), 'weir-spans-'));
  door = await startDoor(master.doorToken);
  const token = {
    ...{ id: randomUUID(), publicId: minted.publicId, digest: minted.digest, projectId: randomUUID() },
    ...{ environment: 'production', appId: randomUUID(), app: 'shop', providers: null, expiresAt: null },
  };
  door.publish(JSON.stringify({ ...snapshotOf({ providers: [], tokens: [token] }), version: 1 }), 1);
});
afterAll(async () => {
  await consumer?.close(true);
  await kill();
  await door.close();
  await redis.end();
  rmSync(home, { recursive: true, force: true });
});

async function start(queueUrl: string): Promise<void> {
  const env = { WEIR_HOME: home, WEIR_MASTER_KEY: KEY, WEIR_DOOR_URL: door.url, WEIR_PROXY_PROCESSES: '1' };
  proxy = await spawnProxy({ ...env, WEIR_QUEUE_URL: queueUrl });
  await proxy.ready();
}

async function kill(): Promise<void> {
  proxy?.child.kill('SIGKILL');
  await proxy?.exit;
  proxy = null;
}

const idOf = (n: number): string => (n + 1).toString(16).padStart(16, '0');

async function send(n: number): Promise<void> {
  const { origin } = proxy as ProxyProcess;
  const span = { traceId: 'c'.repeat(32), spanId: idOf(n), name: `step ${n}`, startMs: Date.now(), attributes: {} };
  const headers = { authorization: `Bearer ${minted.token}`, 'content-type': 'application/x-protobuf' };
  const answer = await call(`${origin}/otlp/v1/traces`, { headers, body: protobufBody(span), agent: false });
  expect(answer.status).toBe(200);
}

it('loses no span that was answered for, also where the proxy is killed before anybody took it', async () => {
  await start('redis://127.0.0.1:1');
  for (let n = 0; n < 20; n++) await send(n);
  await kill();
  const stored = new Set<string>();
  consumer = openConsumer({
    ...{ url: redis.url, queue: SPAN_QUEUE, concurrency: 1, lockDurationMs: 30_000, onError: () => undefined },
    process: async ({ data, id }) => {
      const batch = transcriptBatch.parse(data);
      expect(batch.batchId).toBe(id);
      for (const frame of spanFramesIn(framesOf(batch))) {
        for (const { spanId } of frame.spans) stored.add(spanId);
      }
    },
  });
  await start(redis.url);
  await send(20);
  await until(() => stored.size === 21, 'every span to be stored');
  expect([...stored].sort()).toEqual(Array.from({ length: 21 }, (_, n) => idOf(n)));
  const left = () => filesUnder(join(home, 'spans')).filter(({ path }) => /\.(open|batch)$/.test(path));
  await until(() => left().length === 0, 'the spool to be empty');
  expect(await proxy?.metric('weir_spans_total{outcome="accepted"}')).toBe(1);
});
