import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../embedded/ports.js';
import { startTimeOf } from '../embedded/process-id.js';
import { until } from './until.js';

const ENTRY = fileURLToPath(new URL('../dist/start/main.js', import.meta.url));
const SLOW = 120_000;
const PORTS = ['CONSOLE', 'CONTROL', 'PROXY', 'CONTROL_INTERNAL', 'PROXY_INTERNAL', 'WORKER_INTERNAL'];

interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly exitCode: Promise<number | null>;
}

let home: string;
let env: NodeJS.ProcessEnv;
const started: ChildProcess[] = [];
beforeAll(async () => {
  home = join(mkdtempSync(join(tmpdir(), 'weir-start-')), 'home');
  const ports = await Promise.all(PORTS.map(async (name) => [`WEIR_${name}_PORT`, String(await freePort())] as const));
  env = { PATH: process.env.PATH, HOME: process.env.HOME, WEIR_HOME: home, ...Object.fromEntries(ports) };
});
afterAll(async () => {
  for (const child of started.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  rmSync(join(home, '..'), { recursive: true, force: true });
});

function start(changes: NodeJS.ProcessEnv = {}): Started {
  const child = spawn(process.execPath, [ENTRY], { env: { ...env, ...changes }, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  const exitCode = once(child, 'close').then(([code]) => code as number | null);
  return { child, output: () => text, exitCode };
}

/** Resolves with what was printed once everything serves. */
async function ready({ child, output }: Started): Promise<string> {
  const isUp = () => output().includes('Ctrl-C stops it');
  await until('Weir is up', () => isUp() || child.exitCode !== null, SLOW);
  if (!isUp()) throw new Error(`did not come up: ${output()}`);
  return output();
}

const consoleUrl = (path = '') => `http://127.0.0.1:${env.WEIR_CONSOLE_PORT}${path}`;

/** Ids of everything that a running instance has started. */
function startedPids(): number[] {
  const { processes } = JSON.parse(readFileSync(join(home, 'run.json'), 'utf8')) as {
    processes: Record<string, { pid: number }>;
  };
  return Object.values(processes).map(({ pid }) => pid);
}

test(
  'a start brings everything up, a second one on the home is refused, Ctrl-C leaves nothing behind',
  async () => {
    const first = start();
    const text = await ready(first);
    expect(text).toContain(`http://localhost:${env.WEIR_CONSOLE_PORT}/setup?token=`);
    const page = await request(consoleUrl('/setup'));
    expect(page.statusCode).toBe(200);
    await page.body.dump();

    const second = start();
    expect(await second.exitCode).toBe(1);
    expect(second.output()).toContain(`already running on ${home} (process ${first.child.pid})`);
    expect((await request(consoleUrl('/setup'))).statusCode).toBe(200);

    const pids = startedPids();
    expect(pids.length).toBeGreaterThanOrEqual(6);
    first.child.kill('SIGINT');
    // What npm adds to a Ctrl-C in the terminal is no second wish to stop.
    first.child.kill('SIGINT');
    expect(await first.exitCode).toBe(0);
    expect(pids.map(startTimeOf)).toEqual(pids.map(() => null));
    expect(['lock', 'run.json'].filter((name) => existsSync(join(home, name)))).toEqual([]);
  },
  SLOW,
);

test('a port that is taken is named with the variable that moves it, before anything is started', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(Number(env.WEIR_PROXY_PORT), '127.0.0.1', resolve));
  const refused = start();
  expect(await refused.exitCode).toBe(1);
  await new Promise((resolve) => server.close(resolve));
  expect(refused.output()).toContain(`127.0.0.1:${env.WEIR_PROXY_PORT} (proxy) is taken`);
  expect(refused.output()).toContain('WEIR_PROXY_PORT=<port>');
  expect(refused.output()).not.toContain('databases');
});

test(
  'data without its key is not started on',
  async () => {
    const key = join(home, 'keys', 'master.key');
    const kept = readFileSync(key, 'utf8');
    rmSync(key);
    const refused = start();
    expect(await refused.exitCode).toBe(1);
    expect(refused.output()).toContain('its master key is missing');
    const wrong = start({ WEIR_MASTER_KEY: Buffer.from(kept, 'base64').reverse().toString('base64') });
    expect(await wrong.exitCode).toBe(1);
    expect(wrong.output()).toContain('WEIR_MASTER_KEY is another key');

    const right = start({ WEIR_MASTER_KEY: kept.trim(), WEIR_QUEUE: 'postgres' });
    expect(await ready(right)).toMatch(/Queue +PostgreSQL/);
    const pids = startedPids();
    right.child.kill('SIGKILL');
    await until('the guardian has ended everything', () => pids.every((pid) => startTimeOf(pid) === null));
  },
  SLOW,
);
