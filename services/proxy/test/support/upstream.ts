import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createNetServer, type Server as NetServer, type Socket } from 'node:net';

export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: string[];
  readonly body: Buffer;
}

export interface TestUpstream {
  readonly origin: string;
  readonly port: number;
  readonly received: ReceivedRequest[];
  /** Requests whose client side went away before they were answered in full. */
  readonly cancelled: { count: number };
  answer: (req: IncomingMessage, res: ServerResponse, body: Buffer) => void;
  close(): Promise<void>;
}

/** An upstream that speaks HTTP properly; `answer` decides what. */
export async function startUpstream(
  answer: TestUpstream['answer'] = (_req, res) => res.end('{}'),
  options: { readonly keepBodies?: boolean } = {},
): Promise<TestUpstream> {
  const received: ReceivedRequest[] = [];
  const cancelled = { count: 0 };
  const server: Server = createServer({ maxHeaderSize: 128 * 1024 }, (req, res) => {
    res.on('close', () => {
      if (!res.writableFinished) cancelled.count++;
    });
    req.on('error', () => undefined);
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const body = Buffer.concat(chunks);
      const kept = options.keepBodies === false ? Buffer.alloc(0) : body;
      received.push({ method: req.method ?? '', url: req.url ?? '', rawHeaders: req.rawHeaders, body: kept });
      upstream.answer(req, res, body);
    });
  });
  server.keepAliveTimeout = 60_000;
  server.maxHeadersCount = 0;
  const upstream: TestUpstream = {
    ...(await listening(server)),
    received,
    cancelled,
    answer,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return upstream;
}

export interface WireUpstream {
  readonly origin: string;
  readonly port: number;
  /** Everything each connection received, in order. */
  readonly transcripts: { text: string }[];
  readonly sockets: Set<Socket>;
  close(): Promise<void>;
}

/** An upstream that does as it likes on the wire. `onRequest` runs once per complete header section. */
export async function startWire(onRequest: (socket: Socket, request: string) => void): Promise<WireUpstream> {
  const transcripts: { text: string }[] = [];
  const sockets = new Set<Socket>();
  const server = createNetServer({ allowHalfOpen: true }, (socket) => {
    const transcript = { text: '' };
    let answered = 0;
    transcripts.push(transcript);
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('end', () => socket.end());
    socket.on('data', (chunk) => {
      transcript.text += chunk.toString('latin1');
      const heads = transcript.text.split('\r\n\r\n').length - 1;
      if (heads > answered) {
        answered = heads;
        onRequest(socket, transcript.text);
      }
    });
  });
  return {
    ...(await listening(server)),
    transcripts,
    sockets,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function listening(server: NetServer): Promise<{ origin: string; port: number }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, port };
}
