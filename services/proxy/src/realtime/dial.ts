import { type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import { Refusal } from '../errors.js';
import type { ServedProvider } from '../snapshot/snapshot.js';
import { timeoutFault, type UpstreamFault, upstreamFault } from '../upstream/faults.js';

export interface Dial {
  readonly path: string;
  /** Header pairs, without a host. */
  readonly headers: readonly string[];
  readonly signal: AbortSignal;
}

/** `open`: the upstream speaks WebSocket from here on; `answer`: it answered in HTTP, mostly with an error. */
export type Dialled =
  | { readonly kind: 'open'; readonly head: IncomingMessage; readonly socket: Socket; readonly first: Buffer }
  | { readonly kind: 'answer'; readonly head: IncomingMessage };

/** A fault of the upstream or of the way to it. */
export class DialFailed extends Error {
  constructor(readonly fault: UpstreamFault) {
    super(fault.refusal.message);
  }
}

/** Asks the upstream for a WebSocket, over a connection made like every other one. @throws DialFailed */
export async function dial(provider: ServedProvider, { path, headers, signal }: Dial): Promise<Dialled> {
  const { name, timeouts, baseUrl } = provider.config;
  const socket = await provider.pool.connect().catch((error: unknown) => {
    throw new DialFailed(upstreamFault(name, error));
  });
  return new Promise((resolve, reject) => {
    const host = new URL(baseUrl).host;
    const asked = request({
      path,
      method: 'GET',
      headers: ['host', host, ...headers],
      createConnection: () => socket,
      signal,
      maxHeaderSize: 32 * 1024,
    });
    const timer = setTimeout(() => {
      reject(new DialFailed(timeoutFault(name, 'sent no answer', timeouts.firstByteMs)));
      asked.destroy();
    }, timeouts.firstByteMs);
    const settle = (dialled: Dialled) => {
      clearTimeout(timer);
      resolve(dialled);
    };
    asked.once('upgrade', (head, upgraded, first) => {
      if (head.headers.upgrade?.toLowerCase() === 'websocket') {
        settle({ kind: 'open', head, socket: upgraded as Socket, first });
        return;
      }
      upgraded.destroy();
      const text = `The upstream of provider “${name}” switched to another protocol than WebSocket; check its base URL.`;
      reject(new DialFailed({ outcome: 'upstream_error', refusal: new Refusal('upstream_reset', text) }));
    });
    asked.once('response', (head) => settle({ kind: 'answer', head }));
    asked.on('error', (error) => {
      clearTimeout(timer);
      socket.destroy();
      reject(new DialFailed(upstreamFault(name, error)));
    });
    asked.end();
  });
}
