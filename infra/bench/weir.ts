import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { ConsoleClient } from '../e2e/console-client.js';
import { freePort } from '../embedded/ports.js';
import { treeOf } from './process-usage.js';
import type { Target } from './target.js';
import { ANSWER, QUESTION } from './wire.js';

export interface RunningWeir {
  readonly target: Target;
  /** Another of its providers, whose calls are recorded. */
  readonly recorded: Target;
  /** Calls answered while it was started; they are in its books too. */
  readonly firstCalls: number;
  readonly workerPid: number;
  /** Calls that the sums of Cost & Usage hold now. */
  shown(): Promise<number>;
  /** One whole call. @throws when it goes wrong */
  call(): Promise<void>;
  /** What its meter says once it has caught up with the calls expected, or after two minutes. */
  books(expected: number): Promise<Books>;
  stop(): Promise<void>;
}

export interface Books {
  readonly served: number;
  readonly stored: number;
}

const START = fileURLToPath(new URL('../start/main.js', import.meta.url));
const PROXY = 'services/proxy/dist/main.js';
const WORKER = 'services/usage-worker/dist/main.js';
const READY_MS = 120_000;
const SETTLE_MS = 120_000;
const POLL_MS = 200;

/**
 * Everything `npm start` runs, in a home of its own, with one proxy process: databases, queue, worker, control plane and
 * console are up and work for every call, as they would for an app's.
 */
export async function startWeir(upstreamOrigin: string): Promise<RunningWeir> {
  const home = await mkdtemp(join(tmpdir(), 'weir-bench-'));
  const names = ['CONSOLE', 'CONTROL', 'PROXY', 'CONTROL_INTERNAL', 'PROXY_INTERNAL', 'WORKER_INTERNAL'];
  const ports = new Map(await Promise.all(names.map(async (name) => [name, await freePort()] as const)));
  const at = (name: string): string => `http://127.0.0.1:${ports.get(name)}`;
  const consoleUrl = `http://localhost:${ports.get('CONSOLE')}`;
  // Nothing else of the environment: a database or queue named there is not the bench's to fill.
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [START], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH,
      HOME,
      ...Object.fromEntries([...ports].map(([name, port]) => [`WEIR_${name}_PORT`, String(port)])),
      WEIR_HOME: home,
      WEIR_ADMIN_EMAIL: 'admin@example.com',
      WEIR_ADMIN_PASSWORD: 'correct horse battery',
      WEIR_ALLOWED_HOSTS: new URL(upstreamOrigin).host,
      WEIR_PUBLIC_CONSOLE_URL: consoleUrl,
      WEIR_PUBLIC_PROXY_URL: at('PROXY'),
      WEIR_PROXY_PROCESSES: '1',
    },
  });
  const stop = async (): Promise<void> => {
    await stopped(child);
    await rm(home, { recursive: true, force: true });
  };
  try {
    await until(child, `${at('CONTROL_INTERNAL')}/readyz`, () => isOk(`${at('CONTROL_INTERNAL')}/readyz`));
    await until(child, `${at('PROXY_INTERNAL')}/readyz`, () => isOk(`${at('PROXY_INTERNAL')}/readyz`));
    const admin = new ConsoleClient(at('CONTROL'), consoleUrl);
    await admin.signIn();
    const upstream = { type: 'openai', baseUrl: `${upstreamOrigin}/v1`, secretId: 'BENCH_KEY' };
    await admin.createProvider({ ...upstream, name: 'bench', displayName: 'Bench', secretValue: 'sk-bench' });
    const recording = { recordInputs: true, recordOutputs: true };
    await admin.createProvider({ ...upstream, name: 'recorded', displayName: 'Recorded', ...recording });
    const token = await admin.createToken(await admin.createApp('bench'));
    const target: Target = {
      name: 'weir',
      pid: processIn(child.pid as number, PROXY),
      origin: at('PROXY'),
      path: '/llm/v1/providers/bench/v1/chat/completions',
      headers: { authorization: `Bearer ${token}` },
    };
    // Until the snapshot with the token arrives, calls are refused as nobody's and leave no event.
    await until(child, 'a first call through Weir', () => isServed(target));
    return {
      target,
      recorded: { ...target, name: 'recorded', path: '/llm/v1/providers/recorded/v1/chat/completions' },
      firstCalls: 1,
      workerPid: processIn(child.pid as number, WORKER),
      shown: () => shownCalls(admin),
      call: async () => {
        if (!(await isServed(target))) throw new Error('a call through Weir went wrong');
      },
      books: (expected) => settledBooks(admin, expected),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Its meter lags by a heartbeat, so it is asked until it has caught up, or for long enough to say that it will not. */
async function settledBooks(admin: ConsoleClient, expected: number): Promise<Books> {
  const endMs = performance.now() + SETTLE_MS;
  for (;;) {
    const counted = await books(admin);
    if (Math.min(counted.served, counted.stored) >= expected || performance.now() > endMs) return counted;
    await sleep(POLL_MS);
  }
}

async function books(admin: ConsoleClient): Promise<Books> {
  const { meter } = await admin.ask<{ meter: Record<'served' | 'stored', unknown> }>('{ meter { served stored } }');
  return { served: Number(meter.served), stored: Number(meter.stored) };
}

const DAY_MS = 86_400_000;

/** The very question behind the page's headline figures. */
async function shownCalls(admin: ConsoleClient): Promise<number> {
  const now = Date.now();
  const range = { from: new Date(now - DAY_MS).toISOString(), to: new Date(now + DAY_MS).toISOString() };
  const { usageTotals } = await admin.ask<{ usageTotals: { calls: unknown } }>(
    'query($range: TimeRange!) { usageTotals(range: $range) { calls spend } }',
    { range },
  );
  return Number(usageTotals.calls);
}

/** @throws Error when the process ends or the condition does not hold within `READY_MS`. */
export async function until(child: ChildProcess, what: string, holds: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + READY_MS;
  while (!(await holds())) {
    if (child.exitCode !== null) throw new Error(`Weir ended with exit code ${child.exitCode} while starting`);
    if (performance.now() > endMs) throw new Error(`${what} was not ready within ${READY_MS / 1_000} s`);
    await sleep(POLL_MS);
  }
}

async function isOk(url: string): Promise<boolean> {
  try {
    const { statusCode, body } = await request(url);
    await body.dump();
    return statusCode === 200;
  } catch {
    // Nobody listens yet; the caller asks again.
    return false;
  }
}

export async function isServed({ origin, path, headers }: Target): Promise<boolean> {
  const answer = await request(`${origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: QUESTION,
  });
  const bytes = await answer.body.bytes();
  return answer.statusCode === 200 && bytes.length === ANSWER.length;
}

function processIn(root: number, module: string): number {
  const found = treeOf(root).find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(module));
  if (found === undefined) throw new Error(`no process runs ${module}`);
  return found;
}

export async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exited;
}
