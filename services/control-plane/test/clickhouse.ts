import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../../clickhouse/test/support/clickhouse-process.mjs', import.meta.url));

export interface ClickHouse {
  /** Names a database that `migrate` of `@weir/clickhouse` will make. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A real ClickHouse of its own in a temporary folder. */
export async function startClickHouse(): Promise<ClickHouse> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-clickhouse-'));
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  probe.close();
  await once(probe, 'close');

  const origin = `http://127.0.0.1:${address.port}`;
  const child = spawn(process.execPath, [PROGRAM, folder, String(address.port)], { stdio: 'ignore' });
  const answers = () =>
    fetch(`${origin}/ping`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await answers())) {
    if (child.exitCode !== null) throw new Error('the ClickHouse process ended before it answered');
    await setTimeout(50);
  }
  return {
    url: `${origin}/weir`,
    async stop() {
      if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
