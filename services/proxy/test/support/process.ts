import { type ChildProcess, spawn } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { call } from './client.js';
import { until } from './harness.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export interface ProxyProcess {
  readonly child: ChildProcess;
  readonly origin: string;
  readonly internal: string;
  /** Lines it logged so far. */
  readonly log: { readonly level: string; readonly message: string; readonly [field: string]: unknown }[];
  readonly exit: Promise<{ code: number | null; signal: string | null }>;
  ready(): Promise<void>;
  status(): Promise<number>;
  metric(name: string): Promise<number>;
}

/** The proxy as it is run: the built program, with its cluster. */
export async function spawnProxy(env: Record<string, string>): Promise<ProxyProcess> {
  const [port, internalPort] = [await freePort(), await freePort()];
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env.PATH ?? '',
      // Nobody listens there: events stay in the journal.
      WEIR_QUEUE_URL: 'redis://127.0.0.1:1',
      WEIR_PROXY_PORT: String(port),
      WEIR_PROXY_INTERNAL_PORT: String(internalPort),
      WEIR_PROXY_PROCESSES: '2',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log: ProxyProcess['log'] = [];
  let rest = '';
  child.stdout?.on('data', (chunk) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) log.push(JSON.parse(line));
  });
  child.stderr?.on('data', (chunk) => log.push({ level: 'stderr', message: String(chunk) }));
  const exit = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
  const internal = `http://127.0.0.1:${internalPort}`;
  const get = (path: string) => call(internal + path, { agent: false }).catch(() => null);
  const status = async () => (await get('/readyz'))?.status ?? 0;
  return {
    child,
    origin: `http://127.0.0.1:${port}`,
    internal,
    log,
    exit,
    status,
    async ready() {
      let last = 0;
      let asking = false;
      await until(
        () => {
          if (!asking) {
            asking = true;
            void status().then((now) => {
              last = now;
              asking = false;
            });
          }
          return last === 200;
        },
        `the proxy to be ready: ${log.map(({ message }) => message).join('; ')}`,
        20_000,
      );
    },
    async metric(name) {
      const text = (await get('/metrics'))?.body.toString() ?? '';
      const line = text.split('\n').find((each) => each.startsWith(`${name} `));
      return line === undefined ? Number.NaN : Number(line.slice(name.length + 1));
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
