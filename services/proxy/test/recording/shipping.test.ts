import { randomBytes, randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  deriveMasterKey,
  framesOf,
  mintToken,
  type Snapshot,
  TRANSCRIPT_QUEUE,
  transcriptBatch,
} from '@weir/contracts';
import { type Consumer, openConsumer } from '@weir/queue';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startRedis, type TestRedis } from '../journal/redis.js';
import { call } from '../support/client.js';
import { startDoor, type TestDoor } from '../support/door.js';
import { provider, snapshotOf, until } from '../support/harness.js';
import { type ProxyProcess, spawnProxy } from '../support/process.js';
import { startUpstream, type TestUpstream } from '../support/upstream.js';
import { frameOf } from './frame.js';
import { callsIn, filesUnder, type SpooledCall, spooledCalls } from './spooled.js';

const KEY = randomBytes(32).toString('base64');
const master = deriveMasterKey(KEY);
const minted = mintToken(master);
const headers = { authorization: `Bearer ${minted.token}`, 'content-type': 'application/json' };

let redis: TestRedis;
let upstream: TestUpstream;
let door: TestDoor;
let home: string;
let proxy: ProxyProcess | null = null;
const consumers: Consumer[] = [];

beforeAll(async () => {
  redis = await startRedis();
  upstream = await startUpstream((_req, res) => {
    res.writeHead(200, { 'content-type': 'application/json' }).end('{"model":"m"}');
  });
});
afterAll(async () => {
  await upstream.close();
  await redis.end();
});
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'weir-recording-'));
  door = await startDoor(master.doorToken);
  door.publish(JSON.stringify(snapshot()), 1);
});
afterEach(async () => {
  for (const consumer of consumers.splice(0)) await consumer.close(true);
  await kill();
  await door.close();
  rmSync(home, { recursive: true, force: true });
});

function snapshot(): Snapshot {
  const both = { recordInputs: true, recordOutputs: true };
  const projectId = randomUUID();
  const [id, appId] = [randomUUID(), randomUUID()];
  return {
    ...snapshotOf({
      providers: [provider({ name: 'main', baseUrl: upstream.origin, projectId, type: 'openai_compatible', ...both })],
      tokens: [
        {
          ...{ id, publicId: minted.publicId, digest: minted.digest, projectId, environment: 'production', appId },
          ...{ app: 'shop', providers: null, expiresAt: null },
        },
      ],
    }),
    version: 1,
  };
}

async function start(env: Record<string, string> = {}): Promise<ProxyProcess> {
  const started = await spawnProxy({
    ...{ WEIR_HOME: home, WEIR_MASTER_KEY: KEY, WEIR_DOOR_URL: door.url },
    ...{ WEIR_PROXY_PROCESSES: '1', WEIR_QUEUE_URL: redis.url, ...env },
  });
  proxy = started;
  await started.ready();
  return started;
}

/** kill -9 of all of it: workers end with the channel to their primary. */
async function kill(): Promise<void> {
  proxy?.child.kill('SIGKILL');
  await proxy?.exit;
  proxy = null;
}

/** What a worker would store, by event. Batches are taken apart as they come, also twice. */
function startStore(): Map<string, SpooledCall> {
  const stored = new Map<string, SpooledCall>();
  consumers.push(
    openConsumer({
      url: redis.url,
      queue: TRANSCRIPT_QUEUE,
      process: async ({ data, id }) => {
        const batch = transcriptBatch.parse(data);
        expect(batch.batchId).toBe(id);
        for (const each of callsIn(framesOf(batch))) stored.set(each.head.eventId, each);
      },
      ...{ concurrency: 2, lockDurationMs: 30_000, onError: () => undefined },
    }),
  );
  return stored;
}

/** @param size of it, in bytes that no compression makes fewer */
async function ask(n: number, size = 3_000): Promise<void> {
  const content = `${n} ${randomBytes(size).toString('base64')}`;
  const body = JSON.stringify({ model: 'm', messages: [{ role: 'user', content }] });
  const { origin } = proxy as ProxyProcess;
  const answer = await call(`${origin}/llm/v1/providers/main/v1/chat/completions`, { headers, body, agent: false });
  expect(answer.status).toBe(200);
}

const numberOf = ({ request }: SpooledCall): number =>
  Number.parseInt(JSON.parse(request.toString()).messages[0].content, 10);

const numbersIn = (calls: Iterable<SpooledCall>): number[] => [...calls].map(numberOf).sort((a, b) => a - b);

const spoolFiles = () => filesUnder(join(home, 'transcripts')).filter(({ path }) => /\.(open|batch)$/.test(path));

describe('the way of recorded calls to the queue', () => {
  it('leads there once somebody takes them, and the disk is free again', async () => {
    await start();
    for (let n = 0; n < 5; n++) await ask(n);
    await until(() => spooledCalls(home).length === 5, 'five calls in the spool');
    const stored = startStore();
    await until(() => stored.size === 5, 'five stored calls');
    await until(() => spoolFiles().length === 0, 'the spool to be empty');
    expect(numbersIn(stored.values())).toEqual([0, 1, 2, 3, 4]);
    expect(await proxy?.metric('weir_transcripts_recorded_total')).toBe(5);
    const told = () => door.heartbeats.at(-1)?.transcripts;
    await until(() => told()?.recorded === 5 && told()?.spoolBytes === 0, 'the heartbeat to say so');
    expect(told()).toMatchObject({ dropped: {}, spoolMaxBytes: 1024 ** 3, waitsSinceMs: null });
    expect(told()?.startedAtMs).toBeLessThan(Date.now());
  });

  it('goes on after kill -9 with every call that was spooled, without what was torn', async () => {
    await start({ WEIR_QUEUE_URL: 'redis://127.0.0.1:1' });
    const beganMs = Date.now();
    for (let n = 0; n < 20; n++) await ask(n);
    await until(() => spooledCalls(home).length === 20, 'twenty calls in the spool');
    const told = () => door.heartbeats.at(-1)?.transcripts;
    await until(() => (told()?.waitsSinceMs ?? 0) >= beganMs, 'the heartbeat to say since when they wait');
    expect(told()?.spoolBytes).toBeGreaterThan(0);
    await kill();
    const [file] = spoolFiles();
    // The write that was under way: the beginning of a frame that says to be longer.
    appendFileSync(file?.path as string, Buffer.concat([Buffer.from([0, 0, 9, 0]), randomBytes(300)]));
    const stored = startStore();
    await start();
    await ask(20);
    await until(() => stored.size === 21, 'every call to be stored');
    expect(numbersIn(stored.values())).toEqual(Array.from({ length: 21 }, (_, n) => n));
    await until(() => spoolFiles().length === 0, 'the spool to be empty');
  });

  it('takes along what a larger cluster left behind, also where nothing is recorded any more', async () => {
    const directory = join(home, 'transcripts', 'slot-7');
    mkdirSync(directory, { recursive: true });
    mkdirSync(join(home, 'journal', 'slot-7'), { recursive: true });
    writeFileSync(join(directory, 'left-1.batch'), frameOf(100).frame);
    const stored = startStore();
    await start();
    await until(() => stored.size === 1, 'what was left to be stored');
    await until(() => spoolFiles().length === 0, 'the spool to be empty');
  });

  it('keeps few jobs in the queue however much waits, and a stop loses none', async () => {
    await start();
    // Two make a batch; of seven batches, four may be under way.
    for (let n = 0; n < 14; n++) await ask(n, 400_000);
    const waiting = openConsumer({
      ...{ url: redis.url, queue: TRANSCRIPT_QUEUE, process: async () => undefined, autorun: false },
      ...{ concurrency: 1, lockDurationMs: 30_000, onError: () => undefined },
    });
    consumers.push(waiting);
    await until(() => spooledCalls(home).length === 14, 'all calls in the spool');
    proxy?.child.kill('SIGTERM');
    await proxy?.exit;
    proxy = null;
    expect((await waiting.backlog()).waiting).toBe(4);
    expect(spooledCalls(home)).toHaveLength(14);
    const stored = startStore();
    await start();
    await until(() => stored.size === 14, 'every call to be stored', 20_000);
    await until(() => spoolFiles().length === 0, 'the spool to be empty');
  });
});
