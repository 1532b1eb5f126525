import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_VARIABLE, type DemoSettings } from '../demo/config.js';
import type { ProcessSpec } from '../embedded/child.js';
import { serverEnvironment } from '../embedded/environment.js';
import { type Home, passwordOf } from '../embedded/home.js';
import { answersHttp } from '../embedded/http.js';
import { freePort } from '../embedded/ports.js';

/** The simulated upstream beside a demo, and the account a person looks around with. */
export interface DemoUpstream {
  readonly hostPort: string;
  readonly url: string;
  readonly key: string;
  readonly spec: ProcessSpec;
}

const EMAIL = 'demo@weir.example';
/** Name of the file among the keys that holds the demo account's password. */
export const DEMO_ADMIN = 'demo-admin';

/** The operator's own first account where the environment names one. */
export function demoAdmin(home: Home, env: NodeJS.ProcessEnv): { email: string; password: string } {
  const { WEIR_ADMIN_EMAIL: email, WEIR_ADMIN_PASSWORD: password } = env;
  return email && password ? { email, password } : { email: EMAIL, password: passwordOf(home, DEMO_ADMIN) };
}

/** The port stays the same from start to start, since the demo's providers name it in their base URLs. */
async function portOf(home: Home): Promise<number> {
  const file = join(home.root, 'demo-port');
  if (existsSync(file)) return Number(readFileSync(file, 'utf8'));
  const port = await freePort();
  writeFileSync(file, String(port), { mode: 0o600 });
  return port;
}

export async function demoUpstream(root: string, home: Home): Promise<DemoUpstream> {
  const port = await portOf(home);
  const url = `http://127.0.0.1:${port}`;
  const key = passwordOf(home, 'demo-upstream');
  return {
    hostPort: `127.0.0.1:${port}`,
    url,
    key,
    spec: {
      name: 'simulator',
      command: process.execPath,
      args: ['--enable-source-maps', join(root, 'infra/dist/simulator/main.js')],
      env: { ...serverEnvironment(), SIMULATOR_PORT: String(port), SIMULATOR_API_KEYS: key },
      cwd: root,
      isReady: () => answersHttp(`${url}/__ledger?after=999999999`),
      readyTimeoutMs: 30_000,
      stopSignal: 'SIGTERM',
      stopGraceMs: 5_000,
    },
  };
}

/** The process that sets the demo up, sends its history and then makes calls. Ready once the history is stored. */
export function demoTraffic(root: string, home: Home, settings: Omit<DemoSettings, 'home' | 'readyFile'>): ProcessSpec {
  const readyFile = join(home.run, 'demo-ready');
  rmSync(readyFile, { force: true });
  return {
    name: 'demo',
    command: process.execPath,
    args: ['--enable-source-maps', join(root, 'infra/dist/demo/main.js')],
    env: {
      ...serverEnvironment(),
      [DEMO_VARIABLE]: JSON.stringify({ ...settings, home: home.root, readyFile } satisfies DemoSettings),
    },
    cwd: root,
    isReady: async () => existsSync(readyFile),
    readyTimeoutMs: 120_000,
    stopSignal: 'SIGTERM',
    stopGraceMs: 5_000,
  };
}
