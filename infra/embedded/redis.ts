import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { delimiter, join } from 'node:path';
import type { ProcessSpec } from './child.js';
import { serverEnvironment } from './environment.js';
import { type Home, passwordOf } from './home.js';

export interface Redis {
  readonly spec: ProcessSpec;
  readonly url: string;
}

const SERVERS = ['valkey-server', 'redis-server'];

/** The first Redis or Valkey server on the PATH that runs; null where there is none. */
export function findRedisServer(path = process.env.PATH ?? ''): string | null {
  for (const name of SERVERS) {
    for (const folder of path.split(delimiter).filter(Boolean)) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
      } catch {
        // Not in this folder.
        continue;
      }
      if (spawnSync(file, ['--version'], { env: serverEnvironment() }).status === 0) return file;
    }
  }
  return null;
}

/** A Redis server on the loopback address with a password, an append-only file below the home, and no eviction. */
export function redis(home: Home, command: string, port: number): Redis {
  const password = passwordOf(home, 'redis');
  const data = join(home.root, 'redis');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const config = join(home.run, 'redis.conf');
  // A file rather than arguments, which every user of the machine could read.
  writeFileSync(
    config,
    `bind 127.0.0.1
port ${port}
requirepass ${password}
dir "${data}"
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
daemonize no
`,
    { mode: 0o600 },
  );
  return {
    url: `redis://:${password}@127.0.0.1:${port}`,
    spec: {
      name: 'redis',
      command,
      args: [config],
      env: serverEnvironment(),
      cwd: data,
      isReady: () => ping(port, password),
      readyTimeoutMs: 60_000,
      stopSignal: 'SIGTERM',
      stopGraceMs: 15_000,
    },
  };
}

/** True once the server has loaded its data: while loading it answers every command with an error. */
function ping(port: number, password: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port, timeout: 2_000 });
    let answer = '';
    const finish = (ready: boolean) => {
      socket.destroy();
      resolve(ready);
    };
    socket.on('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (answer.includes('+PONG')) finish(true);
      else if (answer.includes('-')) finish(false);
    });
    socket.on('timeout', () => finish(false));
    socket.on('error', () => finish(false));
    socket.on('close', () => finish(false));
  });
}
