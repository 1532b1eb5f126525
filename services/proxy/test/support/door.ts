import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DOOR, type Heartbeat, heartbeat } from '@weir/contracts';

export interface TestDoor {
  readonly url: string;
  readonly heartbeats: Heartbeat[];
  /** Requests for the snapshot so far. */
  asked: number;
  /** Serves this text from now on, and announces it. */
  publish(text: string, version: number): void;
  close(): Promise<void>;
}

/** The control plane's door, as the contract describes it. */
export async function startDoor(token: string): Promise<TestDoor> {
  let current: { text: string; version: number } | null = null;
  const listeners = new Set<ServerResponse>();
  const server = createServer((req, res) => {
    if (req.headers.authorization !== `Bearer ${token}`) {
      res.writeHead(401).end();
    } else if (req.url === DOOR.snapshot) {
      door.asked++;
      const etag = `"${current?.version}"`;
      if (current === null) res.writeHead(503).end();
      else if (req.headers['if-none-match'] === etag) res.writeHead(304).end();
      else res.writeHead(200, { etag }).end(current.text);
    } else if (req.url === DOOR.notices) {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write(':\n\n');
      listeners.add(res);
      res.on('close', () => listeners.delete(res));
    } else {
      let body = '';
      req.on('data', (chunk) => {
        body += chunk;
      });
      req.on('end', () => {
        door.heartbeats.push(heartbeat.parse(JSON.parse(body)));
        res.end();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const door: TestDoor = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heartbeats: [],
    asked: 0,
    publish(text, version) {
      current = { text, version };
      const notice = JSON.stringify({ snapshotVersion: version, priceBookVersion: 1 });
      for (const res of listeners) res.write(`data: ${notice}\n\n`);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return door;
}
