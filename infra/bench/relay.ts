import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Dispatcher, Pool } from 'undici';

/**
 * The least a reverse proxy in Node can be: `http` in front, undici behind, bytes through with back-pressure, a client
 * that goes away cancels the upstream. It knows no tokens, keeps no books and reads nothing.
 */
const upstream = new Pool(process.argv[2] as string, { connections: null, pipelining: 1, bodyTimeout: 0 });

class Handler implements Dispatcher.DispatchHandler {
  constructor(private readonly response: ServerResponse) {}

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.response.once('close', () => {
      if (!this.response.writableFinished) controller.abort(new Error('the client is gone'));
    });
  }

  onResponseStart(_controller: unknown, status: number, headers: Record<string, string | string[] | undefined>): void {
    const { connection: _connection, 'keep-alive': _keepAlive, 'transfer-encoding': _encoding, ...rest } = headers;
    this.response.writeHead(status, rest);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.response.write(chunk)) return;
    controller.pause();
    this.response.once('drain', () => controller.resume());
  }

  onResponseEnd(): void {
    this.response.end();
  }

  onResponseError(): void {
    this.response.destroy();
  }
}

const server = createServer({ keepAliveTimeout: 120_000, requestTimeout: 0 }, (request, response) => {
  const { host: _host, connection: _connection, 'transfer-encoding': _encoding, ...headers } = request.headers;
  upstream.dispatch(
    { path: request.url ?? '/', method: request.method as 'POST', headers, body: request },
    new Handler(response),
  );
});

server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
