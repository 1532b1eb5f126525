import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { DOOR, type PriceBook, type TranscriptDeletionWork } from '@weir/contracts';

export interface TestDoor {
  readonly url: string;
  readonly token: string;
  /** Answers from now on; announced to whoever listens unless `silently`. Any text, so that it may be a bad book. */
  publish(text: string, version: number, silently?: boolean): void;
  /** Statuses answered for the price book, oldest first. */
  readonly answered: number[];
  /** Orders to delete recorded calls that wait. */
  readonly deletions: TranscriptDeletionWork[];
  /** What was told of them, with the path it was told at. */
  readonly told: { readonly path: string; readonly body: unknown }[];
  shut(): void;
  open(): void;
  stop(): Promise<void>;
}

/** Speaks the control plane's door protocol for price books, and can be shut. */
export async function startDoor(first: PriceBook | null): Promise<TestDoor> {
  const token = 'a-door-token';
  const listeners = new Set<ServerResponse>();
  let text = first ? JSON.stringify(first) : null;
  let version = first?.version ?? 0;
  let isShut = false;
  const answered: number[] = [];
  const deletions: TranscriptDeletionWork[] = [];
  const told: { path: string; body: unknown }[] = [];
  const server = createServer((request, response) => {
    if (isShut) return void response.destroy();
    const answer = (status: number, headers: Record<string, string> = {}, body = '') => {
      if (request.url === DOOR.priceBook) answered.push(status);
      response.writeHead(status, headers).end(body);
    };
    if (request.headers.authorization !== `Bearer ${token}`) return answer(401);
    if (request.url === DOOR.notices) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`data: ${JSON.stringify({ snapshotVersion: 1, priceBookVersion: version })}\n\n`);
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
      return undefined;
    }
    if (request.url === DOOR.transcriptDeletionClaim) {
      const work = deletions.shift();
      return work ? answer(200, { 'content-type': 'application/json' }, JSON.stringify(work)) : answer(204);
    }
    if (request.url?.startsWith('/door/v1/transcript-deletions/')) {
      const path = request.url;
      void json(request).then((body) => {
        told.push({ path, body });
        answer(204);
      });
      return undefined;
    }
    if (text === null) return answer(503);
    const etag = `"${createHash('sha256').update(text).digest('hex')}"`;
    if (request.headers['if-none-match'] === etag) return answer(304, { etag });
    return answer(200, { etag, 'content-type': 'application/json' }, text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    answered,
    deletions,
    told,
    publish(next, nextVersion, silently = false) {
      text = next;
      version = nextVersion;
      if (silently) return;
      for (const listener of listeners) {
        listener.write(`: alive\n\ndata: ${JSON.stringify({ snapshotVersion: 1, priceBookVersion: version })}\n\n`);
      }
    },
    shut() {
      isShut = true;
      server.closeAllConnections();
    },
    open() {
      isShut = false;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
