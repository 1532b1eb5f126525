import { createHash } from 'node:crypto';
import { Agent, request } from 'undici';
import { EventCounter } from '../client/event-counter.js';
import { pooled } from '../run/pooled.js';
import { SCALE_DIALECTS } from './dialects.js';
import type { DialectName, PlannedStream } from './plan.js';

/** What the client knows of one stream. */
export interface ClientEnd {
  readonly index: number;
  readonly ended: 'whole' | 'hung_up' | 'broken';
  readonly status: number | null;
  /** SHA-256 of what it received; null = not to its end. */
  readonly receivedSha256: string | null;
}

export interface DriveOptions {
  readonly urls: Readonly<Record<DialectName, string>>;
  readonly token: string;
  readonly atOnce: number;
  readonly onHangUp: (index: number) => void;
  readonly onDone: (done: number) => void;
}

/** Sends every stream of a plan once and never retries. */
export async function driveStreams(plan: readonly PlannedStream[], options: DriveOptions): Promise<ClientEnd[]> {
  const agent = new Agent({
    connections: options.atOnce,
    pipelining: 1,
    bodyTimeout: 120_000,
    headersTimeout: 120_000,
  });
  const ends: ClientEnd[] = [];
  await pooled(plan, options.atOnce, async (stream) => {
    ends.push(await driveOne(agent, stream, options));
    options.onDone(ends.length);
  });
  await agent.destroy();
  return ends;
}

async function driveOne(agent: Agent, stream: PlannedStream, options: DriveOptions): Promise<ClientEnd> {
  const { index, dialect, fate } = stream;
  const { path, headers, request: body } = SCALE_DIALECTS[dialect];
  const controller = new AbortController();
  let status: number | null = null;
  try {
    const response = await request(`${options.urls[dialect]}/${path}`, {
      dispatcher: agent,
      method: 'POST',
      headers: {
        ...headers,
        'content-type': 'application/json',
        'x-weir-authorization': `Bearer ${options.token}`,
        'x-weir-tags': `stream=${index}`,
      },
      body: JSON.stringify(body(`stream-${index}`)),
      signal: controller.signal,
    });
    status = response.statusCode;
    const hash = createHash('sha256');
    const counter = new EventCounter(String(response.headers['content-type'] ?? ''));
    // The head of a Claude message is an event of its own for whoever reads it.
    const enough =
      fate.kind === 'abort' ? fate.afterEvents + (dialect === 'messages' ? 1 : 0) : Number.POSITIVE_INFINITY;
    for await (const chunk of response.body) {
      hash.update(chunk as Buffer);
      if (fate.kind === 'abort') counter.push(chunk as Buffer);
      if (counter.events < enough) continue;
      controller.abort();
      options.onHangUp(index);
      return { index, ended: 'hung_up', status, receivedSha256: null };
    }
    return { index, ended: 'whole', status, receivedSha256: hash.digest('hex') };
  } catch {
    // A cut connection is what part of the plan is made for; the comparison knows which part.
    options.onHangUp(index);
    return { index, ended: controller.signal.aborted ? 'hung_up' : 'broken', status, receivedSha256: null };
  }
}
