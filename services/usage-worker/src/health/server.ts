import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Health } from './health.js';

export interface HealthServerOptions {
  readonly host: string;
  readonly port: number;
  readonly health: Health;
  readonly metrics: () => string;
}

/** `/healthz`, `/readyz` and `/metrics` on the internal port. Resolves with the port it listens on. */
export async function serveHealth({ host, port, health, metrics }: HealthServerOptions) {
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const report = health.report();
    if (path === '/healthz') answer(report.alive ? 200 : 503, { alive: report.alive, reasons: report.reasons });
    else if (path === '/readyz') answer(report.ready ? 200 : 503, { ready: report.ready, reasons: report.reasons });
    else if (path === '/metrics')
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(metrics());
    else answer(404, { error: 'NOT_FOUND' });
  });
  server.requestTimeout = 5_000;
  server.headersTimeout = 5_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
