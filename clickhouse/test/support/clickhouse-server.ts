import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('./clickhouse-process.mjs', import.meta.url));

export interface ClickHouseServer {
  /** An address with a database name of its own; the database is made by `migrate`. */
  newDatabase(): string;
  /** Where its data are. */
  readonly folder: string;
  /** Ends the process at once, as a crash would, and starts it again on the same data. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/** A real ClickHouse server of its own in a temporary folder. */
export async function startClickHouse(): Promise<ClickHouseServer> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-clickhouse-'));
  const port = await freePort();
  let child = await start(folder, port);
  let databases = 0;
  return {
    folder,
    newDatabase: () => `http://127.0.0.1:${port}/test_${++databases}`,
    async crash() {
      await kill(child);
      child = await start(folder, port);
    },
    async stop() {
      await kill(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function start(folder: string, port: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [PROGRAM, folder, String(port)], { stdio: 'ignore' });
  let exited = false;
  child.once('exit', () => {
    exited = true;
  });
  while (!(await answers(port))) {
    if (exited) throw new Error('the ClickHouse process ended before it answered');
  }
  return child;
}

async function answers(port: number): Promise<boolean> {
  const asked = fetch(`http://127.0.0.1:${port}/ping`, { signal: AbortSignal.timeout(1_000) });
  const answer = await asked.catch(() => new Promise<null>((resolve) => setTimeout(() => resolve(null), 50)));
  return answer?.ok === true;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
