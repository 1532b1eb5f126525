import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { deriveMasterKey } from '@weir/contracts';
import { openHome } from '../embedded/home.js';
import { migrateAll } from '../embedded/migrate.js';
import { freePort } from '../embedded/ports.js';
import { type QueueKind, type Stores, startStores } from '../embedded/stores.js';
import { Supervisor } from '../embedded/supervise.js';
import { type Simulator, startSimulator } from '../simulator/index.js';
import { type ServiceName, services } from '../start/services.js';
import { type Books, openBooks } from './books.js';
import { ConsoleClient } from './console-client.js';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));
const RESTART_AFTER_MS = 500;
const JOURNAL_SYNC_MS = 500;
const PATIENCE_MS = Number(process.env.WEIR_TEST_PATIENCE_MS ?? 120_000);

export interface SystemOptions {
  readonly queue: QueueKind;
  /** The console too; it takes a second longer. */
  readonly web?: boolean;
  /** The checkout, where it is not two folders above this file. */
  readonly root?: string;
  /** More environment for every service. */
  readonly env?: NodeJS.ProcessEnv;
  /** `host:port` of private upstreams beside the simulator. */
  readonly allowedHosts?: readonly string[];
}

/** A whole Weir with real servers in a home of its own on free ports, and a simulated upstream beside it. */
export interface System {
  readonly home: string;
  readonly masterKey: string;
  readonly stores: Stores;
  readonly supervisor: Supervisor;
  readonly simulator: Simulator;
  /** The key the simulator takes. */
  readonly upstreamKey: string;
  readonly books: Books;
  readonly console: ConsoleClient;
  readonly controlUrl: string;
  readonly consoleUrl: string;
  /** Where each process answers `/metrics`; the control plane's door too. */
  readonly internalUrls: Readonly<Record<'control-plane' | 'usage-worker' | 'proxy', string>>;
  readonly setupLink: string;
  /** `kill -9`; resolves when it serves again. `meanwhile` runs while it is down. */
  kill(name: ServiceName | 'postgres' | 'redis' | 'clickhouse', meanwhile?: () => void): Promise<void>;
  /** `kill -9` of one of the proxy's serving processes; its siblings go on and its parent replaces it. */
  killProxyProcess(): void;
  /** Resolves once every proxy serves the newest configuration. */
  configured(): Promise<void>;
  /** Resolves once no event is on its way any more and, unless told otherwise, the meter's three figures agree. */
  settled(mustAgree?: boolean): Promise<void>;
  end(): Promise<void>;
}

interface MeterAnswer {
  meter: {
    served: number;
    stored: number;
    onTheirWay: number;
    agree: boolean;
    proxies: { current: boolean; seenAt: string }[];
  };
}
const METER = '{ meter { served stored onTheirWay agree proxies { current seenAt } } }';

export async function startSystem(options: SystemOptions): Promise<System> {
  const { queue, web = false, root = CHECKOUT, env = {}, allowedHosts = [] } = options;
  const home = openHome(mkdtempSync(join(tmpdir(), 'weir-system-')));
  const said: string[] = [];
  const supervisor = new Supervisor(home, (line) => said.push(line), RESTART_AFTER_MS);
  const upstreamKey = `sk-upstream-${randomBytes(16).toString('hex')}`;
  const simulator = await startSimulator({ apiKeys: [upstreamKey], ledgerFile: join(home.run, 'ledger.jsonl') });
  const cleanUp = async () => {
    await supervisor.stopAll();
    await simulator.close();
    rmSync(home.root, { recursive: true, force: true });
  };
  try {
    const stores = await startStores(home, supervisor, { queue }, (line) => said.push(line));
    await migrateAll(stores);
    const [console, control, proxy, controlInternal, proxyInternal, workerInternal] = await freePorts();
    const masterKey = randomBytes(32).toString('base64');
    const setupLinkFile = join(home.run, 'setup-link');
    const consoleUrl = `http://localhost:${console}`;
    const specs = services(
      root,
      {
        home: home.root,
        host: '127.0.0.1',
        internalHost: '127.0.0.1',
        ports: { console, control, proxy, controlInternal, proxyInternal, workerInternal },
        publicProxyUrl: `http://127.0.0.1:${proxy}`,
        publicConsoleUrl: consoleUrl,
        allowedHosts: [`127.0.0.1:${simulator.port}`, ...allowedHosts],
        masterKey,
        doorToken: deriveMasterKey(masterKey).doorToken,
        stores,
        setupLinkFile,
      },
      { ...process.env, WEIR_PROXY_PROCESSES: '2', ...env },
    );
    // NODE_ENV=production refuses the switches that only tests have.
    for (const spec of Object.values(specs)) Object.assign(spec.env, { NODE_ENV: 'test' }, env);
    await supervisor.start(specs['control-plane']);
    const names: ServiceName[] = ['usage-worker', 'proxy', ...(web ? (['web'] as const) : [])];
    await Promise.all(names.map((name) => supervisor.start(specs[name])));
    const books = openBooks(stores.clickhouseUrl);
    const controlUrl = `http://127.0.0.1:${control}`;
    const client = new ConsoleClient(controlUrl, consoleUrl);
    const meter = async (isReached: (meter: MeterAnswer['meter']) => boolean) => {
      const until = performance.now() + PATIENCE_MS;
      for (;;) {
        const answer = await client.ask<MeterAnswer>(METER);
        if (isReached(answer.meter)) return;
        if (performance.now() > until) throw new Error(`not reached: ${JSON.stringify(answer)}\n${tails(home.logs)}`);
        await delay(200);
      }
    };
    return {
      home: home.root,
      masterKey,
      stores,
      supervisor,
      simulator,
      upstreamKey,
      books,
      console: client,
      controlUrl,
      consoleUrl,
      internalUrls: {
        'control-plane': `http://127.0.0.1:${controlInternal}`,
        'usage-worker': `http://127.0.0.1:${workerInternal}`,
        proxy: `http://127.0.0.1:${proxyInternal}`,
      },
      setupLink: existsSync(setupLinkFile) ? readFileSync(setupLinkFile, 'utf8').trim() : '',
      kill: (name, meanwhile) => kill(supervisor, name, meanwhile),
      killProxyProcess: () => killChildOf(supervisor.pidOf('proxy')),
      configured: () => meter(({ proxies }) => proxies.length > 0 && proxies.every(({ current }) => current)),
      async settled(mustAgree = true) {
        // A call is counted once its journal is synced and reported: only what is reported from now on tells of it.
        const reportedAfter = Date.now() + JOURNAL_SYNC_MS;
        await meter(
          ({ served, onTheirWay, agree, proxies }) =>
            served > 0 &&
            onTheirWay === 0 &&
            (agree || !mustAgree) &&
            proxies.every(({ seenAt }) => Date.parse(seenAt) > reportedAfter),
        );
        if (!mustAgree) return;
        const until = performance.now() + PATIENCE_MS;
        while (!(await areRated(books)) && performance.now() < until) await delay(200);
      },
      async end() {
        await books.close();
        await cleanUp();
      },
    };
  } catch (error) {
    await cleanUp();
    throw error;
  }
}

async function kill(supervisor: Supervisor, name: string, meanwhile?: () => void): Promise<void> {
  const pid = supervisor.pidOf(name);
  process.kill(pid, 'SIGKILL');
  meanwhile?.();
  while (supervisor.pidOf(name) === pid) await delay(20);
  await supervisor.ready(name);
}

function killChildOf(pid: number): void {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  const child = children[Math.floor(Math.random() * children.length)];
  if (child) process.kill(Number(child), 'SIGKILL');
}

/** A batch counts as confirmed once its ratings are stored too; the meter already shows its events before. */
async function areRated(books: Books): Promise<boolean> {
  const { events, ratings } = await books.totals();
  return events === ratings;
}

/** The end of every log, for the message of a failed test. */
function tails(folder: string): string {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .map((name) => `${name}:\n${readFileSync(join(folder, name), 'utf8').slice(-2_500)}`)
    .join('\n\n');
}

type SixPorts = [number, number, number, number, number, number];

async function freePorts(): Promise<SixPorts> {
  return (await Promise.all(Array.from({ length: 6 }, () => freePort()))) as SixPorts;
}
