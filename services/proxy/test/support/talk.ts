import { once } from 'node:events';
import { WebSocket } from 'ws';
import { until } from './harness.js';

export interface TalkEvent {
  readonly type: string;
  readonly [member: string]: unknown;
}

export interface TalkOptions {
  readonly protocols?: readonly string[];
  /** In place of the token as a bearer. */
  readonly headers?: Record<string, string>;
}

/** A session as an app has it. */
export interface Talk {
  readonly ws: WebSocket;
  readonly heard: readonly TalkEvent[];
  /** Code and reason of the closing, once there is one. */
  readonly closed: readonly [number, string] | null;
  say(event: object | string | Buffer): void;
  /** Resolves once that many events of a type have come. */
  until(type: string, times?: number): Promise<void>;
  untilClosed(): Promise<readonly [number, string]>;
}

export async function openTalk(url: string, token: string, options: TalkOptions = {}): Promise<Talk> {
  const headers = options.headers ?? { authorization: `Bearer ${token}` };
  const ws = new WebSocket(url, [...(options.protocols ?? [])], { headers });
  const heard: TalkEvent[] = [];
  let closed: readonly [number, string] | null = null;
  ws.on('message', (data) => heard.push(JSON.parse(String(data)) as TalkEvent));
  ws.on('close', (code, reason) => {
    closed = [code, String(reason)];
  });
  await once(ws, 'open');
  return {
    ws,
    heard,
    get closed() {
      return closed;
    },
    say: (event) => ws.send(typeof event === 'string' || Buffer.isBuffer(event) ? event : JSON.stringify(event)),
    until: (type, times = 1) => until(() => heard.filter((event) => event.type === type).length >= times, type),
    async untilClosed() {
      await until(() => closed !== null, 'the session to be closed');
      return closed as unknown as readonly [number, string];
    },
  };
}
