import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What happens to one request on its way to ClickHouse: `pass`; `drop_reply`, done and then not answered; `down`, cut at
 * once; a number, answered with that error code and not done.
 */
export type Fate = 'pass' | 'drop_reply' | 'down' | number;

export interface ClickHouseShim {
  readonly url: string;
  /** Decides for each request; `table` is set for inserts. */
  decide: (request: { table: string | null; sql: string }) => Fate;
  /** Awaited before anything is done with an insert. */
  hold: (() => Promise<void>) | null;
  /** Inserts that reached the server, by table. */
  readonly inserted: Map<string, number>;
  /** Requests of any kind. */
  requests: number;
  stop(): Promise<void>;
}

/** Stands between a worker and a real ClickHouse and lets the network go wrong. */
export async function startShim(targetUrl: string): Promise<ClickHouseShim> {
  const target = new URL(targetUrl);
  const server = createServer((incoming, outgoing) => {
    void handle(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const shim: ClickHouseShim = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${target.pathname}`,
    decide: () => 'pass',
    hold: null,
    inserted: new Map(),
    requests: 0,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await read(incoming);
    const sql = new URL(incoming.url ?? '', target).searchParams.get('query') ?? body.toString();
    const table = /^INSERT INTO `?(\w+)/i.exec(sql)?.[1] ?? null;
    shim.requests++;
    if (table) await shim.hold?.();
    const fate = shim.decide({ table, sql });
    if (fate === 'down') {
      outgoing.destroy();
      return;
    }
    if (typeof fate === 'number') {
      outgoing.writeHead(500, { 'x-clickhouse-exception-code': String(fate) });
      outgoing.end(`Code: ${fate}. DB::Exception: by order of the test. (SOME_ERROR) (version 26.7)\n`);
      return;
    }
    const forward = request({
      host: target.hostname,
      port: target.port,
      method: incoming.method,
      path: incoming.url,
      headers: { ...incoming.headers, host: target.host, 'content-length': body.length },
    });
    forward.end(body);
    const [answer] = (await once(forward, 'response')) as [IncomingMessage];
    const answerBody = await read(answer);
    if (table !== null && answer.statusCode === 200) shim.inserted.set(table, (shim.inserted.get(table) ?? 0) + 1);
    if (fate === 'drop_reply') {
      outgoing.destroy();
      return;
    }
    const { 'transfer-encoding': _, ...headers } = answer.headers;
    outgoing.writeHead(answer.statusCode ?? 500, { ...headers, 'content-length': answerBody.length });
    outgoing.end(answerBody);
  }
  return shim;
}

async function read(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
