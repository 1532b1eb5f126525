import { createHash } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import type { CaseCall } from '../case/index.js';
import { EventCounter } from './event-counter.js';

/** Where a gateway takes one call, and what it wants on it beside what the case says. */
export interface ClientTarget {
  readonly origin: string;
  /** With its query. */
  readonly path: string;
  /** They replace the case's headers of the same name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes in place of the case's own, for a gateway that has another way to say the same. */
  readonly body?: Buffer;
}

/** One call as the client knows it. */
export interface ClientResult {
  readonly nonce: string;
  /** null = nothing came. */
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly sent: Buffer;
  readonly received: Buffer;
  /** `whole`: to its end; `hung_up`: by itself; `broken`: the other side ended it early; `timed_out`: see the limit. */
  readonly ended: 'whole' | 'hung_up' | 'broken' | 'timed_out';
}

export interface Sending {
  readonly nonce: string;
  readonly body: Buffer | null;
  readonly contentType: string;
  /** @param nonce of a client that has just hung up */
  readonly onHangUp: (nonce: string) => void;
  /** The client gives up after so long whatever the case says. */
  readonly limitMs: number;
}

/** Sends one call over a connection of its own and reads, or hangs up, as the case says. Never rejects. */
export function send(call: CaseCall, target: ClientTarget, sending: Sending): Promise<ClientResult> {
  const { nonce, limitMs } = sending;
  const url = new URL(target.origin);
  const sent = target.body ?? sending.body ?? Buffer.alloc(0);
  const { hangUp } = call.client;
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let response: IncomingMessage | null = null;
    let isOver = false;
    const finish = (ended: ClientResult['ended']): void => {
      if (isOver) return;
      isOver = true;
      for (const timer of timers) clearTimeout(timer);
      if (ended !== 'whole') asked.destroy();
      if (ended === 'hung_up' || ended === 'timed_out') sending.onHangUp(nonce);
      const headers = Object.fromEntries(Object.entries(response?.headers ?? {}).map(([k, v]) => [k, String(v)]));
      resolve({ nonce, status: response?.statusCode ?? null, headers, sent, received: Buffer.concat(chunks), ended });
    };
    const asked = request({
      host: url.hostname,
      port: url.port,
      method: call.request.method,
      path: target.path,
      agent: false,
      headers: {
        ...(sent.length > 0 && { 'content-type': sending.contentType, 'content-length': sent.length }),
        ...call.request.headers,
        ...target.headers,
      },
    });
    const timers = [setTimeout(() => finish('timed_out'), limitMs)];
    if (hangUp && 'afterMs' in hangUp) timers.push(setTimeout(() => finish('hung_up'), hangUp.afterMs));
    asked.on('error', () => finish('broken'));
    asked.on('response', (message) => {
      response = message;
      const counter = new EventCounter(message.headers['content-type'] ?? '');
      let bytes = 0;
      const isEnough = (): boolean => {
        if (hangUp && 'afterBytes' in hangUp) return bytes >= hangUp.afterBytes;
        return hangUp !== undefined && 'afterEvents' in hangUp && counter.events >= hangUp.afterEvents;
      };
      message.on('data', (chunk: Buffer) => {
        if (isOver) return;
        chunks.push(chunk);
        bytes += chunk.length;
        if (hangUp) counter.push(chunk);
        if (isEnough()) finish('hung_up');
      });
      message.on('error', () => finish('broken'));
      message.on('end', () => finish(message.complete ? 'whole' : 'broken'));
      if (isEnough()) finish('hung_up');
    });
    asked.end(sent);
  });
}

export const sha256 = (data: Buffer): string => createHash('sha256').update(data).digest('hex');
