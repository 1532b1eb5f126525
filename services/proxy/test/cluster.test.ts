import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deriveMasterKey, mintToken, recordingSettings, type Snapshot, sealSecret } from '@weir/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { call } from './support/client.js';
import { startDoor, type TestDoor } from './support/door.js';
import { until } from './support/harness.js';
import { type ProxyProcess, spawnProxy } from './support/process.js';
import { startUpstream, type TestUpstream } from './support/upstream.js';

const KEY = randomBytes(32).toString('base64');
const master = deriveMasterKey(KEY);
const SECRET = 'sk-canary-5f1d0a9c7b';
const minted = mintToken(master);
const headers = { authorization: `Bearer ${minted.token}`, 'content-type': 'application/json' };
const [projectId, providerId, appId, tokenId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];

let upstream: TestUpstream;
let door: TestDoor;
let home: string;
const running: ProxyProcess[] = [];

beforeAll(async () => {
  upstream = await startUpstream();
});
afterAll(() => upstream.close());
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'weir-cluster-'));
  door = await startDoor(master.doorToken);
  upstream.answer = (_req, res) =>
    res.end('{"model":"m","usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}');
});
afterEach(async () => {
  for (const { child, exit } of running.splice(0)) {
    // Its workers end with the channel to it; the pipes they share close last.
    child.kill('SIGKILL');
    await exit;
  }
  await door.close();
  rmSync(home, { recursive: true, force: true });
});

async function start(env: Record<string, string> = {}): Promise<ProxyProcess> {
  const proxy = await spawnProxy({ WEIR_HOME: home, WEIR_MASTER_KEY: KEY, WEIR_DOOR_URL: door.url, ...env });
  running.push(proxy);
  return proxy;
}

function snapshot(version: number, withToken = true): Snapshot {
  const { origin, host } = new URL(upstream.origin);
  return {
    format: 1,
    version,
    createdAt: Date.now(),
    allowedHosts: [host],
    maxBodyBytes: 32 * 1024 * 1024,
    providers: [
      {
        id: providerId,
        projectId,
        name: 'main',
        type: 'openai',
        enabled: true,
        baseUrl: upstream.origin,
        credentialKind: 'api_key',
        credentials: {
          api_key: {
            secretId: 'KEY',
            version: 1,
            origin,
            sealed: sealSecret(master, SECRET, { projectId, secretId: 'KEY', version: 1, providerId, origin }),
          },
        },
        settings: {},
        passthrough: false,
        environments: [],
        models: [],
        recordInputs: false,
        recordOutputs: false,
        recording: recordingSettings.parse({}),
        onClientClose: 'cancel',
        drainMs: 30_000,
        usageFallback: 'none',
        timeouts: { connectMs: 1_000, firstByteMs: 10_000, idleMs: 10_000 },
      },
    ],
    tokens: withToken
      ? [
          {
            id: tokenId,
            publicId: minted.publicId,
            digest: minted.digest,
            projectId,
            environment: 'production',
            appId,
            app: 'shop',
            providers: null,
            expiresAt: null,
          },
        ]
      : [],
  };
}

function publish(version: number, withToken = true): void {
  door.publish(JSON.stringify(snapshot(version, withToken)), version);
}

/** On a connection of its own, so that each call may land on another process. */
const send = (proxy: ProxyProcess, body = '{"model":"m"}') =>
  call(`${proxy.origin}/llm/v1/providers/main/v1/chat/completions`, { headers, body, agent: false });

/** A cut shows as a body without its end, or as a reset when it overtakes the body; never as a clean end. */
const reachesItsEnd = (answer: ReturnType<typeof send>) =>
  answer.then(
    ({ isComplete }) => isComplete,
    () => false,
  );

describe('the proxy as it runs', () => {
  it('serves once it has a snapshot, tells how it stands, and reports every second', async () => {
    const proxy = await start();
    await until(
      () => proxy.log.some(({ message }) => /no last good snapshot/.test(message)),
      'it to say what is missing',
    );
    await until(() => proxy.log.some(({ message }) => message === 'the proxy serves'), 'it to listen');
    expect(await proxy.status()).toBe(503);
    const early = await send(proxy);
    expect([early.status, early.headers['x-weir-error']]).toEqual([503, 'overloaded']);
    publish(1);
    await proxy.ready();
    for (let index = 0; index < 10; index++) expect((await send(proxy)).status).toBe(200);
    expect(upstream.received.at(-1)?.rawHeaders).toContain(`Bearer ${SECRET}`);
    await until(
      () => (door.heartbeats.at(-1)?.journals ?? []).reduce((sum, { appended }) => sum + appended, 0) === 10,
      'a heartbeat with ten events',
    );
    expect(door.heartbeats.at(-1)).toMatchObject({ snapshotVersion: 1, inFlight: 0 });
    expect(door.heartbeats.at(-1)?.journals.length).toBe(2);
    expect(await proxy.metric('weir_proxy_calls_total{outcome="completed"}')).toBe(10);
    expect(await proxy.metric('weir_proxy_refusals_total{code="overloaded"}')).toBe(1);
    expect(await proxy.metric('weir_proxy_processes')).toBe(2);
    expect(await proxy.metric('weir_proxy_added_seconds_count')).toBe(10);
    const kept = readFileSync(join(home, 'proxy', 'snapshot.json'), 'utf8');
    expect(kept).not.toContain(SECRET);
    expect(statSync(join(home, 'proxy', 'snapshot.json')).mode & 0o777).toBe(0o600);
    expect(JSON.stringify(proxy.log)).not.toMatch(/sk-canary|weir_[0-9A-Za-z]{12}_/);
  });

  it('reads a large body on its thread, with prototypes switched off', async () => {
    publish(1);
    const proxy = await start();
    await proxy.ready();
    const messages = Array.from({ length: 60_000 }, (_, i) => `{"i":${i}}`).join(',');
    const body = `{"model":"m","stream":true,"messages":[${messages}]}`;
    expect((await send(proxy, body)).status).toBe(200);
    expect(upstream.received.at(-1)?.body.toString()).toBe(`{"stream_options":{"include_usage":true},${body.slice(1)}`);
  });

  it('lets a revocation reach every process within two seconds', async () => {
    publish(1);
    const proxy = await start();
    await proxy.ready();
    await until(() => proxy.log.some(({ message }) => message === 'the proxy serves'), 'it to listen');
    const startMs = performance.now();
    publish(2, false);
    let lastAcceptedMs = 0;
    while (performance.now() - startMs < 2_500) {
      const answers = await Promise.all(Array.from({ length: 8 }, () => send(proxy)));
      if (answers.some(({ status }) => status === 200)) lastAcceptedMs = performance.now() - startMs;
    }
    expect(lastAcceptedMs).toBeLessThan(2_000);
    await until(() => door.heartbeats.at(-1)?.snapshotVersion === 2, 'the heartbeat to say so');
  });

  it('keeps what it has when it is sent something worse, and counts it', async () => {
    publish(5);
    const proxy = await start();
    await proxy.ready();
    const worse: [number, string][] = [
      [6, '{"format":1'],
      [7, JSON.stringify({ ...snapshot(7), providers: null })],
      [8, JSON.stringify({ ...snapshot(8), tokens: [...snapshot(8).tokens, ...snapshot(8).tokens] })],
      [9, JSON.stringify({ ...snapshot(9), format: 2 })],
      [10, JSON.stringify(snapshot(4))],
      [11, `"${'x'.repeat(50 * 1024 * 1024)}"`],
    ];
    for (const [version, text] of worse) {
      const asked = door.asked;
      door.publish(text, version);
      await until(() => door.asked > asked, 'it to fetch');
      expect((await send(proxy)).status).toBe(200);
    }
    expect(await proxy.metric('weir_proxy_snapshot_version')).toBe(5);
    expect(await proxy.metric('weir_proxy_snapshot_rejects_total')).toBeGreaterThanOrEqual(5);
    expect(JSON.parse(readFileSync(join(home, 'proxy', 'snapshot.json'), 'utf8')).version).toBe(5);
    expect(JSON.stringify(proxy.log)).not.toContain('sk-canary');
    publish(12);
    await until(() => proxy.log.some(({ version }) => version === 12), 'the next good one to be taken');
  });

  it('starts and serves without the control plane from its last good copy, for 24 hours', async () => {
    publish(3);
    const first = await start();
    await first.ready();
    first.child.kill('SIGTERM');
    expect(await first.exit).toEqual({ code: 0, signal: null });
    await door.close();
    const file = join(home, 'proxy', 'snapshot.json');
    const hoursAgo = (hours: number) => utimesSync(file, Date.now() / 1_000, Date.now() / 1_000 - hours * 3_600);
    hoursAgo(23);
    const second = await start();
    await second.ready();
    expect((await send(second)).status).toBe(200);
    expect(await second.metric('weir_proxy_snapshot_age_seconds')).toBeGreaterThan(22 * 3_600);
    second.child.kill('SIGTERM');
    await second.exit;
    hoursAgo(25);
    const third = await start();
    await until(() => third.log.some(({ message }) => message === 'the proxy serves'), 'it to listen');
    const answer = await send(third);
    expect([answer.status, answer.headers['x-weir-error']]).toEqual([503, 'overloaded']);
    expect(answer.body.toString()).toMatch(/24 hours/);
    expect(await third.status()).toBe(503);
    third.child.kill('SIGKILL');
    await third.exit;
    writeFileSync(file, '{"format":1');
    const fourth = await start();
    await until(
      () => fourth.log.some(({ message }) => /last good snapshot cannot be used/.test(message)),
      'it to say so',
    );
    expect(await fourth.status()).toBe(503);
  }, 90_000);

  it('starts a worker again that died, while the other one serves', async () => {
    publish(1);
    const proxy = await start();
    await proxy.ready();
    const children = readFileSync(`/proc/${proxy.child.pid}/task/${proxy.child.pid}/children`, 'utf8')
      .trim()
      .split(' ')
      .map(Number);
    expect(children.length).toBe(2);
    process.kill(children[0] as number, 'SIGKILL');
    await until(() => proxy.log.some(({ message }) => /a worker ended/.test(message)), 'the death to be noticed');
    expect((await send(proxy)).status).toBe(200);
    await until(
      () =>
        readFileSync(`/proc/${proxy.child.pid}/task/${proxy.child.pid}/children`, 'utf8').trim().split(' ').length ===
        2,
      'a new worker',
    );
    for (let index = 0; index < 6; index++) expect((await send(proxy)).status).toBe(200);
    expect(await proxy.metric('weir_proxy_worker_restarts_total')).toBe(1);
  });
});

describe('told to stop, the proxy', () => {
  it('lets streams finish, takes no new connections, and exits with 0', async () => {
    const release: (() => void)[] = [];
    publish(1);
    const proxy = await start();
    await proxy.ready();
    upstream.answer = (_req, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write('data: 1\n\n');
      release.push(() => res.end('data: [DONE]\n\n'));
    };
    const streams = Array.from({ length: 10 }, () => send(proxy));
    await until(() => release.length === 10, 'ten streams');
    proxy.child.kill('SIGTERM');
    await until(() => proxy.log.some(({ message }) => message === 'draining'), 'it to drain');
    expect(await proxy.status()).toBe(503);
    let isRefused = false;
    await until(() => {
      void send(proxy).catch(() => {
        isRefused = true;
      });
      return isRefused;
    }, 'new connections to be refused');
    for (const end of release) end();
    for (const answer of await Promise.all(streams)) {
      expect([answer.isComplete, answer.body.toString()]).toEqual([true, 'data: 1\n\ndata: [DONE]\n\n']);
    }
    expect(await proxy.exit).toEqual({ code: 0, signal: null });
  });

  it('cuts what is still open when the time is up, visibly and with an event', async () => {
    publish(1);
    const proxy = await start({ WEIR_DRAIN_SECONDS: '1' });
    await proxy.ready();
    let hasBegun = false;
    let isLetGo = false;
    upstream.answer = (_req, res) => {
      res.on('close', () => {
        isLetGo = true;
      });
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write('data: 1\n\n');
      hasBegun = true;
    };
    const stream = send(proxy);
    await until(() => hasBegun, 'a stream');
    proxy.child.kill('SIGTERM');
    expect(await reachesItsEnd(stream)).toBe(false);
    expect(await proxy.exit).toEqual({ code: 0, signal: null });
    await until(() => isLetGo, 'the upstream to be let go');
  });

  it('twice, stops now', async () => {
    publish(1);
    const proxy = await start();
    await proxy.ready();
    let hasBegun = false;
    upstream.answer = (_req, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write('data: 1\n\n');
      hasBegun = true;
    };
    const stream = send(proxy);
    await until(() => hasBegun, 'a stream');
    proxy.child.kill('SIGTERM');
    await until(() => proxy.log.some(({ message }) => message === 'draining'), 'it to drain');
    proxy.child.kill('SIGTERM');
    expect(await reachesItsEnd(stream)).toBe(false);
    expect(await proxy.exit).toEqual({ code: 0, signal: null });
  });
});

it('does not start when it is configured wrongly, and says all that is wrong', async () => {
  const proxy = await start({ WEIR_MASTER_KEY: 'short', WEIR_PROXY_PROCESSES: 'many' });
  expect(await proxy.exit).toEqual({ code: 1, signal: null });
  expect(proxy.log.map(({ message }) => message).join()).toMatch(/WEIR_PROXY_PROCESSES[\s\S]*WEIR_MASTER_KEY/);
});
