import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import type { Tokens } from '../upstream/ledger.js';
import { SCALE_DIALECTS } from './dialects.js';
import type { PlannedStream } from './plan.js';

/** What the upstream knows of one stream; nothing of it comes from a gateway. */
export interface ScaleEntry {
  /** Requests that came for it. */
  requests: number;
  ended: 'completed' | 'client_closed' | 'failed' | null;
  /** null = nothing is billed: it failed here. */
  billed: Tokens | null;
  /** SHA-256 of the body that was sent. */
  sentSha256: string;
}

export interface ScaleUpstream {
  readonly origin: string;
  /** By index of the stream. */
  readonly ledger: readonly ScaleEntry[];
  /** The client of a stream has gone: what was held for it goes on. */
  clientGone(index: number): void;
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Serves the streams of a plan. A stream that its client will leave waits there for it, so that it is left in the middle. */
export async function startScaleUpstream(plan: readonly PlannedStream[]): Promise<ScaleUpstream> {
  const ledger = plan.map((): ScaleEntry => ({ requests: 0, ended: null, billed: null, sentSha256: '' }));
  const left = new Map<number, PromiseWithResolvers<void>>();
  for (const { fate, index } of plan) if (fate.kind === 'abort') left.set(index, Promise.withResolvers());
  const inFlight = new Set<Promise<void>>();
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const index = await indexIn(request);
    const stream = index === null ? undefined : plan[index];
    const entry = index === null ? undefined : ledger[index];
    if (stream === undefined || entry === undefined) {
      response.writeHead(599).end();
      return;
    }
    entry.requests++;
    await answer(response, stream, entry, left.get(stream.index)?.promise);
  };
  const server = createServer({ keepAliveTimeout: 60_000, requestTimeout: 0 }, (request, response) => {
    const served = serve(request, response)
      .catch(() => {
        // The connection broke under the answer; the entry says that it did not end.
        response.destroy();
      })
      .finally(() => inFlight.delete(served));
    inFlight.add(served);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ledger,
    clientGone: (index) => left.get(index)?.resolve(),
    async idle() {
      while (inFlight.size > 0) await Promise.all(inFlight);
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function indexIn(request: IncomingMessage): Promise<number | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const found = /stream-(\d+)\b/.exec(Buffer.concat(chunks).toString('utf8'))?.[1];
  return found === undefined ? null : Number(found);
}

/** Whatever was written is billed in full, heard or not; what fails here is not billed. */
async function answer(
  response: ServerResponse,
  stream: PlannedStream,
  entry: ScaleEntry,
  left: Promise<void> | undefined,
): Promise<void> {
  const { fate, dialect, tokens } = stream;
  if (fate.kind === 'status') {
    entry.ended = 'failed';
    response.writeHead(500, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message: 'broken', type: 'server_error', code: 'server_error' } }));
    return;
  }
  const { events, contentType } = SCALE_DIALECTS[dialect].answer(stream);
  const hash = createHash('sha256');
  const gone = new AbortController();
  response.once('close', () => !response.writableFinished && gone.abort());
  const write = async (bytes: Buffer): Promise<void> => {
    hash.update(bytes);
    if (!response.write(bytes)) await once(response, 'drain', { signal: gone.signal });
    await turn();
  };
  const isFailure = fate.kind === 'reset' || fate.kind === 'in_band';
  entry.billed = isFailure ? null : tokens;
  entry.ended = 'client_closed';
  response.writeHead(200, { 'content-type': contentType });
  let sent = 0;
  for (const event of events) {
    if (gone.signal.aborted) return;
    await write(event);
    sent++;
    if (fate.kind === 'abort' && sent === fate.afterEvents) {
      await Promise.race([left, once(gone.signal, 'abort')]);
    }
    if (isFailure && sent === fate.afterEvents) {
      entry.ended = 'failed';
      if (fate.kind === 'reset') return reset(response);
      await write(SCALE_DIALECTS[dialect].fault());
      break;
    }
  }
  response.end();
  if (!gone.signal.aborted && !response.writableFinished) await once(response, 'finish', { signal: gone.signal });
  if (!isFailure) entry.ended = 'completed';
  entry.sentSha256 = hash.digest('hex');
}

/** What was written must have left before the connection goes, or the reset would swallow it. */
async function reset(response: ServerResponse): Promise<void> {
  while ((response.socket?.writableLength ?? 0) > 0) await turn();
  response.socket?.resetAndDestroy();
}
