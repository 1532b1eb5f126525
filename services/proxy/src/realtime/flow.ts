import type { Socket } from 'node:net';
import type { OpenEvent } from '../metering/event.js';

/** For the other side to close in its turn once it was asked to. */
export const CLOSE_GRACE_MS = 5_000;
/** What may wait for a client that has said goodbye, and perhaps reads no more. */
const MAX_UNREAD_BYTES = 1024 * 1024;

export interface FlowParts {
  readonly event: OpenEvent;
  readonly client: Socket;
  readonly upstream: Socket;
  /** How long a client may take nothing of what is there for it. */
  readonly writeStallMs: number;
}

/** The bytes of a session in both directions: each side is read only as fast as the other one takes it. */
export class Flow {
  /** The client may read on, and is not waited for. */
  private isParted = false;

  constructor(private readonly parts: FlowParts) {
    const { client, upstream } = parts;
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true);
      socket.setKeepAlive(true, 30_000);
      socket.setTimeout(0);
    }
    client.on('timeout', () => client.destroy());
  }

  toUpstream(bytes: Buffer): void {
    const { client, upstream, event } = this.parts;
    event.requestBytes += bytes.length;
    if (upstream.write(bytes) || client.isPaused()) return;
    client.pause();
    upstream.once('drain', () => client.resume());
  }

  toClient(bytes: Buffer): void {
    const { client, upstream, event, writeStallMs } = this.parts;
    if (!client.writable) return;
    event.responseBytes += bytes.length;
    const hasRoom = client.write(bytes);
    if (this.isParted) {
      if (client.writableLength > MAX_UNREAD_BYTES) client.destroy();
    } else if (!hasRoom && !upstream.isPaused()) {
      upstream.pause();
      client.setTimeout(writeStallMs);
      client.once('drain', () => {
        client.setTimeout(0);
        upstream.resume();
      });
    }
  }

  /** The client is gone or going: from now on the upstream is read at its own pace. */
  partFromClient(): void {
    this.isParted = true;
    this.parts.client.setTimeout(0);
    this.parts.upstream.resume();
  }

  /** Both connections end, once what was written last has gone out. */
  end(): void {
    const { client, upstream } = this.parts;
    upstream.destroySoon();
    // Closed with input unread, a socket is reset, and what it was last told may be lost on the way.
    if (client.readableEnded || !client.writable) {
      client.destroySoon();
    } else {
      client.end();
      client.resume();
      client.once('end', () => client.destroy());
    }
    setTimeout(() => {
      client.destroy();
      upstream.destroy();
    }, CLOSE_GRACE_MS).unref();
  }
}
