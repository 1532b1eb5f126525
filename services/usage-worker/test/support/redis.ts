import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

export interface RedisServer {
  readonly url: string;
  /** For what a test does to the server behind the worker's back. */
  readonly client: Redis;
  /** Ends the process as a crash would and starts it again, with its data or without. */
  crash(memory: 'kept' | 'lost'): Promise<void>;
  stop(): Promise<void>;
}

/** A real Redis of its own in a temporary folder, with an append-only file. */
export async function startRedis(...options: string[]): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-redis-'));
  const port = await freePort();
  const run = () => start(port, folder, options);
  let child = await run();
  const client = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  return {
    url: `redis://127.0.0.1:${port}`,
    client,
    async crash(memory) {
      await kill(child);
      if (memory === 'lost') await rm(join(folder, 'appendonlydir'), { recursive: true, force: true });
      child = await run();
    },
    async stop() {
      client.disconnect();
      await kill(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function start(port: number, folder: string, options: readonly string[]): Promise<ChildProcess> {
  const defaults = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'yes',
  ];
  const child = spawn('redis-server', [...defaults, '--maxmemory-policy', 'noeviction', ...options]);
  let output = '';
  for await (const chunk of child.stdout) {
    output += String(chunk);
    if (output.includes('Ready to accept connections')) break;
  }
  child.stdout.resume();
  if (child.exitCode !== null) throw new Error(`redis-server ended: ${output.slice(-500)}`);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
