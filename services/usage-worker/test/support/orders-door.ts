import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DOOR, type RestatementWork } from '@weir/contracts';

export interface Told {
  readonly path: string;
  readonly body: Record<string, unknown>;
}

export interface OrdersDoor {
  readonly url: string;
  readonly token: string;
  /** Handed out once. */
  order: RestatementWork | null;
  /** Reports that were taken, oldest first. */
  readonly taken: Told[];
  /** Status for a report; `shut` = no answer. */
  answer: (told: Told) => number | 'shut';
  stop(): Promise<void>;
}

/** Speaks the control plane's door protocol for restatements, and can refuse and be shut. */
export async function startOrdersDoor(): Promise<OrdersDoor> {
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      const path = request.url ?? '';
      if (path === DOOR.restatementClaim) {
        const work = door.order;
        door.order = null;
        return work ? response.end(JSON.stringify(work)) : response.writeHead(204).end();
      }
      const told = { path, body };
      const status = door.answer(told);
      if (status === 'shut') return response.destroy();
      if (status === 204) door.taken.push(told);
      return response.writeHead(status).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const door: OrdersDoor = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: 'a-door-token',
    order: null,
    taken: [],
    answer: () => 204,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return door;
}

async function read(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString() || '{}');
}
