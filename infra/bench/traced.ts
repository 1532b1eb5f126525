import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../embedded/ports.js';
import type { Target } from './target.js';
import { isServed, stopped, until } from './weir.js';

const PROXY = fileURLToPath(new URL('../../../services/proxy/dist/main.js', import.meta.url));

export interface TracedProxy {
  readonly target: Target;
  /** Calls answered while it was started; they are in the books of its Weir. */
  readonly firstCalls: number;
  stop(): Promise<void>;
}

/**
 * A second proxy of a Weir: as its first one, but that it tells a collector of its calls. What telemetry costs is the
 * difference between the two.
 */
export async function startTraced(first: Target, collectorPort: number): Promise<TracedProxy> {
  const home = await mkdtemp(join(tmpdir(), 'weir-bench-traced-'));
  const [port, internalPort] = [await freePort(), await freePort()];
  const variables = readFileSync(`/proc/${first.pid}/environ`, 'utf8').split('\0').filter(Boolean);
  const child = spawn(process.execPath, ['--enable-source-maps', PROXY], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...Object.fromEntries(
        variables.map((each) => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)]),
      ),
      WEIR_HOME: home,
      WEIR_PROXY_PORT: String(port),
      WEIR_PROXY_INTERNAL_PORT: String(internalPort),
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collectorPort}`,
    },
  });
  const target: Target = {
    ...first,
    name: 'traced',
    pid: child.pid as number,
    origin: `http://127.0.0.1:${port}`,
  };
  const stop = async (): Promise<void> => {
    await stopped(child);
    await rm(home, { recursive: true, force: true });
  };
  try {
    await until(child, 'the proxy that is traced', () => isServed(target).catch(() => false));
    return { target, firstCalls: 1, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
