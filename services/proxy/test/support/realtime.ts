import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** A usage object as OpenAI's Realtime API states it. */
export interface RealtimeUsage {
  readonly total_tokens: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly input_token_details: Record<string, unknown>;
  readonly output_token_details: Record<string, unknown>;
}

export const USAGE: RealtimeUsage = {
  total_tokens: 253,
  input_tokens: 132,
  output_tokens: 121,
  input_token_details: {
    ...{ text_tokens: 119, audio_tokens: 13, image_tokens: 0, cached_tokens: 64 },
    cached_tokens_details: { text_tokens: 60, audio_tokens: 4, image_tokens: 0 },
  },
  output_token_details: { text_tokens: 30, audio_tokens: 91 },
};

export interface RealtimeUpstream {
  readonly origin: string;
  readonly handshakes: IncomingMessage[];
  /** Messages received, in order. */
  readonly received: string[];
  /** Answers that were billed, by id: all that were begun, whoever listened. */
  readonly billed: string[];
  /** Close codes it was told; 1006 = none. */
  readonly closed: number[];
  /** Lets answers that wait go on. */
  release(): void;
  /** Turns the next handshake down. */
  refuseNext(status: number, body: string): void;
  /** Pings every session. */
  ping(): void;
  /** Payloads of pongs received. */
  readonly pongs: string[];
  /** Says goodbye to every session. */
  sayGoodbye(code: number, reason: string): void;
  /** Breaks every connection off. */
  reset(): void;
  close(): Promise<void>;
}

/** The upstream of a realtime session. An answer waits for `release` where its instructions say `hold`. */
export async function startRealtimeUpstream(): Promise<RealtimeUpstream> {
  const handshakes: IncomingMessage[] = [];
  const received: string[] = [];
  const billed: string[] = [];
  const closed: number[] = [];
  const sockets = new Set<Socket>();
  let held: (() => void)[] = [];
  let refusal: { status: number; body: string } | null = null;
  const server = createServer((_req, res) => res.writeHead(404).end());
  const wss = new WebSocketServer({ noServer: true, perMessageDeflate: true });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (req, socket: Socket, head) => {
    handshakes.push(req);
    if (refusal) {
      const { status, body } = refusal;
      refusal = null;
      const headers = `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nx-request-id: req_no`;
      socket.end(`HTTP/1.1 ${status} No\r\n${headers}\r\n\r\n${body}`);
      return;
    }
    wss.handleUpgrade(req, socket, head, (ws) => serve(ws));
  });
  let answers = 0;
  const pongs: string[] = [];
  const serve = (ws: WebSocket) => {
    ws.on('pong', (data) => pongs.push(String(data)));
    const send = (event: object) => ws.send(JSON.stringify(event));
    send({ type: 'session.created', session: { id: `sess_${handshakes.length}`, model: 'gpt-realtime-2025-08-28' } });
    ws.on('close', (code) => closed.push(code));
    ws.on('message', (data) => {
      const text = String(data);
      received.push(text);
      const event = JSON.parse(text) as { type: string; response?: { instructions?: string }; session?: object };
      if (event.type === 'session.update') send({ type: 'session.updated', session: event.session });
      if (event.type === 'input_audio_buffer.commit') {
        send({ type: 'input_audio_buffer.committed', item_id: 'item_1' });
        const usage = { type: 'tokens', total_tokens: 22, input_tokens: 13, output_tokens: 9 };
        send({
          type: 'conversation.item.input_audio_transcription.completed',
          ...{ item_id: 'item_1', content_index: 0, transcript: 'How high is the river?' },
          usage: { ...usage, input_token_details: { text_tokens: 0, audio_tokens: 13 } },
        });
      }
      if (event.type !== 'response.create') return;
      const id = `resp_${++answers}`;
      billed.push(id);
      send({ type: 'response.created', response: { id, status: 'in_progress', usage: null } });
      send({ type: 'response.output_audio.delta', response_id: id, delta: 'A'.repeat(40_000) });
      const finish = () => {
        send({ type: 'response.output_audio.delta', response_id: id, delta: 'B'.repeat(40_000) });
        const done = { type: 'response.done', response: { id, status: 'completed', output: [], usage: USAGE } };
        for (let times = event.response?.instructions === 'twice' ? 2 : 1; times > 0; times--) send(done);
      };
      if (event.response?.instructions === 'hold') held.push(finish);
      else finish();
    });
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    handshakes,
    received,
    billed,
    closed,
    release() {
      const waiting = held;
      held = [];
      for (const finish of waiting) finish();
    },
    refuseNext(status, body) {
      refusal = { status, body };
    },
    ping() {
      for (const ws of wss.clients) ws.ping('still there?');
    },
    pongs,
    sayGoodbye(code, reason) {
      for (const ws of wss.clients) ws.close(code, reason);
    },
    reset() {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    async close() {
      wss.close();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
