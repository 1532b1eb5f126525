import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pythonPackages } from '../../../e2e/clients/toolchain.js';
import { serverEnvironment } from '../../../embedded/environment.js';
import { freePort } from '../../../embedded/ports.js';
import { GatewayMissing } from '../gateway.js';
import type { Deployment } from './models.js';

export const VERSION = '1.106.2';
export const KEY = 'sk-conformance-of-litellm';
const START_MS = 180_000;
const RECORDS = 'records.jsonl';

/** A LiteLLM proxy in a folder of its own. */
export interface LiteLlm {
  readonly origin: string;
  /** One JSON line a record. */
  readonly records: string;
  stop(): Promise<void>;
}

/**
 * Installs LiteLLM from PyPI beside the checkout, once a machine, and starts its proxy. It fetches nothing: prices are
 * those it ships.
 * @param recorder file of the callback that writes records
 * @throws GatewayMissing
 */
export async function startLiteLlm(deployments: readonly Deployment[], recorder: string): Promise<LiteLlm> {
  const installed = await pythonPackages([`litellm[proxy]==${VERSION}`]);
  if ('missing' in installed) throw new GatewayMissing(`LiteLLM ${VERSION}: ${installed.missing}`);
  const folder = await mkdtemp(join(tmpdir(), 'weir-litellm-'));
  await copyFile(recorder, join(folder, 'recorder.py'));
  // YAML holds JSON.
  await writeFile(join(folder, 'config.yaml'), JSON.stringify(configOf(deployments)));
  const log = await open(join(folder, 'log'), 'w');
  await writeFile(join(folder, RECORDS), '');
  const port = await freePort();
  const child = spawn(
    join(installed.bin, 'litellm'),
    ['--config', 'config.yaml', '--host', '127.0.0.1', '--port', String(port), '--num_workers', '1'],
    {
      cwd: folder,
      stdio: ['ignore', log.fd, log.fd],
      env: {
        ...serverEnvironment(),
        CONFORMANCE_RECORDS: join(folder, RECORDS),
        LITELLM_LOCAL_MODEL_COST_MAP: 'True',
        LITELLM_TELEMETRY: 'False',
        NO_PROXY: '*',
      },
    },
  );
  await log.close();
  // Whoever ends this process by a signal ends LiteLLM as well.
  process.once('exit', () => child.kill('SIGKILL'));
  const origin = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    await ended(child);
    await rm(folder, { recursive: true, force: true });
  };
  if (await isUp(child, origin)) return { origin, records: join(folder, RECORDS), stop };
  await ended(child);
  throw new GatewayMissing(`LiteLLM ${VERSION} did not start; its log is ${join(folder, 'log')}`);
}

function configOf(deployments: readonly Deployment[]) {
  return {
    model_list: deployments,
    litellm_settings: { callbacks: ['recorder.recorder'], telemetry: false, num_retries: 0, request_timeout: 120 },
    router_settings: { num_retries: 0, disable_cooldowns: true },
    general_settings: { master_key: KEY },
  };
}

async function isUp(child: ChildProcess, origin: string): Promise<boolean> {
  const deadline = Date.now() + START_MS;
  while (child.exitCode === null && Date.now() < deadline) {
    const answer = await fetch(`${origin}/health/liveliness`).catch(() => null);
    if (answer?.ok) return true;
    await sleep(500);
  }
  return false;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await exit;
  clearTimeout(timer);
}
