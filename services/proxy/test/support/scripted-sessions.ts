import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export interface ScriptedSessions {
  readonly origin: string;
  /** What is said to an app when it comes, and to each of its messages. */
  greet: (say: (event: object) => void) => void;
  answer: (message: string, say: (event: object) => void, ws: WebSocket) => void;
  close(): Promise<void>;
}

/** An upstream that speaks WebSocket at every address, in words that each test puts into its mouth. */
export async function startScriptedSessions(): Promise<ScriptedSessions> {
  const wss = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(wss, 'listening');
  const sessions: ScriptedSessions = {
    origin: `http://127.0.0.1:${(wss.address() as AddressInfo).port}`,
    greet: () => undefined,
    answer: () => undefined,
    async close() {
      for (const ws of wss.clients) ws.terminate();
      await new Promise((resolve) => wss.close(resolve));
    },
  };
  wss.on('connection', (ws) => {
    const say = (event: object) => ws.send(JSON.stringify(event));
    sessions.greet(say);
    ws.on('message', (data) => sessions.answer(String(data), say, ws));
  });
  return sessions;
}
