import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { deriveMasterKey } from '@weir/contracts';
import type { Home } from '../embedded/home.js';
import { endLeftovers } from '../embedded/leftovers.js';
import { migrateAll } from '../embedded/migrate.js';
import { portFaults, type WantedPort } from '../embedded/ports.js';
import { type Stores, startStores } from '../embedded/stores.js';
import type { Supervisor } from '../embedded/supervise.js';
import { forgetAddresses, writeAddresses } from './addresses.js';
import type { StartConfig } from './config.js';
import { demoAdmin, demoTraffic, demoUpstream } from './demo.js';
import { masterKey } from './master-key.js';
import type { Progress } from './progress.js';
import { hostInUrl, services } from './services.js';

export class PortsTaken extends Error {
  readonly code = 'PORTS_TAKEN';
}

export interface Running {
  readonly stores: Stores;
  /** null once somebody has used it. */
  readonly setupLink: string | null;
  /** The account to look around with; null without `--demo`. */
  readonly demoAdmin: { readonly email: string; readonly password: string } | null;
}

/**
 * Brings everything up on a home whose lock is held.
 * @throws PortsTaken, MasterKeyRefused, NotBuilt, ProcessFailed
 */
export async function up(
  root: string,
  home: Home,
  config: StartConfig,
  supervisor: Supervisor,
  progress: Progress,
  env: NodeJS.ProcessEnv,
): Promise<Running> {
  const say = (line: string) => progress.say(line);
  const ended = await endLeftovers(home);
  if (ended.length > 0) say(`Ended what the last run left behind: ${ended.join(', ')}`);
  const faults = await portFaults(wantedPorts(config));
  if (faults.length > 0) throw new PortsTaken(`Weir cannot start:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);

  const hasData = ['postgres', 'clickhouse'].some((folder) => existsSync(join(home.root, folder)));
  const key = masterKey(home, config.masterKey, hasData);
  const setupLinkFile = join(home.run, 'setup-link');
  rmSync(setupLinkFile, { force: true });
  forgetAddresses(home);

  const stores = await progress.step('databases and queue', () => startStores(home, supervisor, config.stores, say));
  await progress.step('migrations', () => migrateAll(stores));
  const { doorToken } = deriveMasterKey(key);
  const demo = config.isDemo ? { upstream: await demoUpstream(root, home), admin: demoAdmin(home, env) } : undefined;
  const specs = services(
    root,
    {
      ...config,
      allowedHosts: [...config.allowedHosts, ...(demo ? [demo.upstream.hostPort] : [])],
      ...{ home: home.root, masterKey: key, doorToken, stores, setupLinkFile, admin: demo?.admin },
    },
    env,
  );
  if (demo) await progress.step('simulated upstream', () => supervisor.start(demo.upstream.spec));
  await progress.step('control plane', () => supervisor.start(specs['control-plane']));
  await progress.step('usage worker, proxy, console', async () => {
    // Listed in this order, so that they stop in the reverse one: console, proxy, worker.
    const started = [specs['usage-worker'], specs.proxy, specs.web].map((spec) => supervisor.start(spec));
    const failed = (await Promise.allSettled(started)).find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
  });
  const addresses = addressesOf(config);
  writeAddresses(home, { ...addresses, clickhouseUrl: stores.clickhouseUrl, queueUrl: stores.queueUrl });
  if (demo) {
    const { url, key: upstreamKey } = demo.upstream;
    const spec = demoTraffic(root, home, {
      ...addresses,
      ...{ doorToken, queueUrl: stores.queueUrl, upstream: { url, key: upstreamKey }, admin: demo.admin },
    });
    await progress.step('demo: five providers, 14 days of calls, conversations', () => supervisor.start(spec));
  }
  const setupLink = existsSync(setupLinkFile) ? readFileSync(setupLinkFile, 'utf8').trim() : '';
  return { stores, setupLink: setupLink || null, demoAdmin: demo?.admin ?? null };
}

/** Where the demo and the tools reach what was started, on this machine. */
function addressesOf({ host, internalHost, ports, publicConsoleUrl }: StartConfig) {
  return {
    controlUrl: `http://${hostInUrl(host)}:${ports.control}`,
    proxyUrl: `http://${hostInUrl(host)}:${ports.proxy}`,
    doorUrl: `http://${hostInUrl(internalHost)}:${ports.controlInternal}`,
    consoleUrl: publicConsoleUrl,
  };
}

function wantedPorts({ host, internalHost, ports }: StartConfig): WantedPort[] {
  return [
    { label: 'console', host, port: ports.console, variable: 'WEIR_CONSOLE_PORT' },
    { label: 'control plane', host, port: ports.control, variable: 'WEIR_CONTROL_PORT' },
    { label: 'proxy', host, port: ports.proxy, variable: 'WEIR_PROXY_PORT' },
    {
      label: 'control plane, internal',
      host: internalHost,
      port: ports.controlInternal,
      variable: 'WEIR_CONTROL_INTERNAL_PORT',
    },
    { label: 'proxy, internal', host: internalHost, port: ports.proxyInternal, variable: 'WEIR_PROXY_INTERNAL_PORT' },
    {
      label: 'usage worker, internal',
      host: internalHost,
      port: ports.workerInternal,
      variable: 'WEIR_WORKER_INTERNAL_PORT',
    },
  ];
}
