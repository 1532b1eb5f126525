import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { deriveMasterKey } from '@weir/contracts';
import { Console } from '../../demo/console.js';
import { type Home, openHome } from '../../embedded/home.js';
import { freePort } from '../../embedded/ports.js';
import { openServer, type SeedServer } from '../../seed/server.js';
import { type Addresses, readAddresses } from '../../start/addresses.js';
import { masterKey } from '../../start/master-key.js';
import type { BenchOptions } from './options.js';

export interface Instance {
  readonly addresses: Addresses;
  readonly doorToken: string;
  readonly admin: Console;
  readonly server: SeedServer;
  stop(): Promise<void>;
}

const START = fileURLToPath(new URL('../../start/main.js', import.meta.url));
const PORTS = ['CONSOLE', 'CONTROL', 'PROXY', 'CONTROL_INTERNAL', 'PROXY_INTERNAL', 'WORKER_INTERNAL'];
const READY_MS = 180_000;
const POLL_MS = 200;

/** The Weir that is asked: one that runs already, or all that `npm start` runs in a home that is gone afterwards. */
export async function openInstance({ home, admin }: Pick<BenchOptions, 'home' | 'admin'>): Promise<Instance> {
  const started = home === null ? await start(admin) : { home: openHome(home), end: () => Promise.resolve() };
  try {
    const addresses = readAddresses(started.home);
    const { doorToken } = deriveMasterKey(masterKey(started.home, process.env.WEIR_MASTER_KEY, true));
    const console = new Console(addresses.controlUrl, addresses.consoleUrl);
    await console.signIn(admin.email, admin.password);
    const server = openServer(addresses.clickhouseUrl);
    return {
      ...{ addresses, doorToken, admin: console, server },
      async stop() {
        await server.close();
        await started.end();
      },
    };
  } catch (error) {
    await started.end();
    throw error;
  }
}

async function start(admin: BenchOptions['admin']): Promise<{ home: Home; end(): Promise<void> }> {
  const root = await mkdtemp(join(tmpdir(), 'weir-bench-usage-'));
  const ports = await Promise.all(PORTS.map(async (name) => [`WEIR_${name}_PORT`, String(await freePort())] as const));
  // Nothing else of the environment: a database named there is not the bench's to fill.
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [START], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...{ PATH, HOME, WEIR_HOME: root, WEIR_PROXY_PROCESSES: '1' },
      ...{ WEIR_ADMIN_EMAIL: admin.email, WEIR_ADMIN_PASSWORD: admin.password },
      ...Object.fromEntries(ports),
      WEIR_PUBLIC_CONSOLE_URL: `http://localhost:${ports[0]?.[1]}`,
    },
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const home = openHome(root);
  const end = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
    await rm(root, { recursive: true, force: true });
  };
  const endMs = performance.now() + READY_MS;
  while (!isUp(home)) {
    if (child.exitCode !== null || performance.now() > endMs) {
      await end();
      throw new Error(child.exitCode === null ? 'Weir did not come up in time' : `Weir ended with ${child.exitCode}`);
    }
    await sleep(POLL_MS);
  }
  return { home, end };
}

/** The addresses are written down once everything answers. */
function isUp(home: Home): boolean {
  try {
    readAddresses(home);
    return true;
  } catch {
    // Not written yet; the caller asks again.
    return false;
  }
}
