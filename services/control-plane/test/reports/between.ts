import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** A line to ClickHouse that a test can hold up or cut. */
export interface Between {
  /** The same database, by way of here. */
  readonly url: string;
  /** Answers stop for good once this many bytes more have passed on one connection; it says so when they do. */
  stallAfter(bytes: number): Promise<void>;
  /** Ends every connection and refuses new ones. */
  cut(): void;
  /** As if nothing had been. */
  mend(): void;
  /** Connections that are held up and that nobody has given up yet. */
  held(): number;
  close(): Promise<void>;
}

export async function standBetween(url: string): Promise<Between> {
  const target = new URL(url);
  const pairs = new Set<{ near: Socket; far: Socket; isHeld: boolean }>();
  let isCut = false;
  let passes = Number.POSITIVE_INFINITY;
  let stalled: () => void = () => undefined;
  const server = createServer((near) => {
    const far = new (near.constructor as new () => Socket)();
    const pair = { near, far, isHeld: false };
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    if (isCut) return void near.destroy();
    pairs.add(pair);
    far.connect(Number(target.port), target.hostname);
    near.pipe(far);
    let passed = 0;
    far.on('data', (chunk: Buffer) => {
      passed += chunk.length;
      if (passed > passes) {
        far.pause();
        pair.isHeld = true;
        stalled();
        return;
      }
      if (!near.write(chunk)) far.pause();
    });
    near.on('drain', () => {
      if (!pair.isHeld) far.resume();
    });
    for (const socket of [near, far]) socket.on('error', end).on('close', end);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const endAll = () => {
    for (const { near } of [...pairs]) near.destroy();
  };
  return {
    url: Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(address.port) }).href,
    stallAfter: (bytes) =>
      new Promise((resolve) => {
        passes = bytes;
        stalled = resolve;
      }),
    cut() {
      isCut = true;
      endAll();
    },
    mend() {
      isCut = false;
      passes = Number.POSITIVE_INFINITY;
      endAll();
    },
    held: () => [...pairs].filter(({ isHeld }) => isHeld).length,
    async close() {
      endAll();
      server.close();
      await once(server, 'close');
    },
  };
}
