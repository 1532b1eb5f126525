import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** One billed run of a model, in the upstream's own books. */
export interface BilledTurn {
  readonly id: string;
  readonly model: string;
  readonly usage: unknown;
}

export interface SessionUpstream {
  readonly port: number;
  readonly ledger: readonly BilledTurn[];
  /** Messages of apps, in order. */
  readonly received: readonly string[];
  /** Bearer values of handshakes. */
  readonly keys: readonly string[];
  /** Close codes it was told; 1006 = the connection broke. */
  readonly closed: readonly number[];
  /** Lets turns that wait go on. */
  release(): void;
  close(): Promise<void>;
}

interface Asked {
  readonly type: string;
  readonly model?: string;
  readonly metadata?: Record<string, string>;
  readonly response?: { readonly instructions?: string; readonly metadata?: Record<string, string> };
  readonly session?: { readonly audio?: { readonly input?: { readonly transcription?: { readonly model?: string } } } };
}

/**
 * OpenAI's WebSocket APIs on this machine, Realtime and Responses, with books of its own. A turn is billed when it is
 * begun, as its `metadata.usage` says; one whose instructions are `hold` waits for `release`.
 */
export async function startSessionUpstream(apiKey: string): Promise<SessionUpstream> {
  const ledger: BilledTurn[] = [];
  const received: string[] = [];
  const keys: string[] = [];
  const closed: number[] = [];
  const sockets = new Set<Socket>();
  let held: (() => void)[] = [];
  const server = createServer((_req, res) => res.writeHead(404).end());
  const wss = new WebSocketServer({ noServer: true });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (req, socket: Socket, head) => {
    const key = req.headers.authorization?.replace(/^Bearer /, '') ?? '';
    keys.push(key);
    if (key !== apiKey) {
      const body =
        '{"error":{"message":"Incorrect API key provided","type":"invalid_request_error","code":"invalid_api_key"}}';
      socket.end(
        `HTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      );
      return;
    }
    const url = new URL(req.url ?? '/', 'http://upstream');
    const serve = url.pathname === '/v1/realtime' ? realtime(url.searchParams.get('model') ?? '') : responses;
    wss.handleUpgrade(req, socket, head, (ws) => {
      ws.on('close', (code) => closed.push(code));
      serve(ws);
    });
  });
  const say = (ws: WebSocket, event: object) => ws.send(JSON.stringify({ event_id: 'event_1', ...event }));
  const bill = (model: string, usage: unknown) => {
    const id = `resp_${ledger.length}`;
    ledger.push({ id, model, usage });
    return id;
  };
  const realtime = (model: string) => (ws: WebSocket) => {
    let transcriber: string | null = null;
    say(ws, { type: 'session.created', session: { id: `sess_${keys.length}`, object: 'realtime.session', model } });
    ws.on('message', (data) => {
      received.push(String(data));
      const asked = JSON.parse(String(data)) as Asked;
      if (asked.type === 'session.update') {
        transcriber = asked.session?.audio?.input?.transcription?.model ?? null;
        say(ws, { type: 'session.updated', session: { ...asked.session, model } });
      }
      if (asked.type === 'input_audio_buffer.commit' && transcriber !== null) {
        const usage = {
          ...{ type: 'tokens', total_tokens: 1_400, input_tokens: 1_000, output_tokens: 400 },
          input_token_details: { text_tokens: 0, audio_tokens: 1_000 },
        };
        const item = `item_${ledger.length}`;
        bill(transcriber, usage);
        say(ws, { type: 'input_audio_buffer.committed', item_id: item, previous_item_id: null });
        say(ws, {
          type: 'conversation.item.input_audio_transcription.completed',
          ...{ item_id: item, content_index: 0, transcript: 'How high is the river?', usage },
        });
      }
      if (asked.type !== 'response.create') return;
      const usage = JSON.parse(asked.response?.metadata?.usage ?? 'null') as unknown;
      const id = bill(model, usage);
      say(ws, { type: 'response.created', response: { id, object: 'realtime.response', status: 'in_progress' } });
      say(ws, { type: 'response.output_audio.delta', response_id: id, item_id: 'item', delta: 'A'.repeat(4_000) });
      const finish = () =>
        say(ws, { type: 'response.done', response: { id, object: 'realtime.response', status: 'completed', usage } });
      if (asked.response?.instructions === 'hold') held.push(finish);
      else finish();
    });
  };
  const responses = (ws: WebSocket) => {
    ws.on('message', (data) => {
      received.push(String(data));
      const { type, model = '', metadata } = JSON.parse(String(data)) as Asked;
      if (type !== 'response.create') return;
      const usage = JSON.parse(metadata?.usage ?? 'null') as unknown;
      const id = bill(model, usage);
      const response = { id, object: 'response', model, status: 'in_progress', output: [] };
      say(ws, { type: 'response.created', sequence_number: 0, response });
      say(ws, {
        type: 'response.output_text.delta',
        sequence_number: 1,
        item_id: 'msg',
        output_index: 0,
        content_index: 0,
        delta: 'It ',
      });
      say(ws, {
        type: 'response.completed',
        sequence_number: 2,
        response: { ...response, status: 'completed', usage },
      });
    });
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    ...{ ledger, received, keys, closed },
    release() {
      const waiting = held;
      held = [];
      for (const finish of waiting) finish();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
