import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IssuerAnswer, Outbound } from '../../src/outbound.js';

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  /** Each line of its own. */
  readonly lines: IncomingMessage['headersDistinct'];
  readonly body: string;
}

export interface TestIssuer {
  readonly origin: string;
  readonly host: string;
  readonly asked: Asked[];
  answer: (
    asked: Asked,
  ) => { readonly status: number; readonly body: string } | Promise<{ status: number; body: string }>;
  close(): Promise<void>;
}

/** A server that issues tokens, or does not. */
export async function startIssuer(answer: TestIssuer['answer']): Promise<TestIssuer> {
  const asked: Asked[] = [];
  const server = createServer(async (req, res) => {
    let body = '';
    for await (const chunk of req) body += chunk;
    const each = {
      method: req.method ?? '',
      url: req.url ?? '',
      headers: req.headers,
      lines: req.headersDistinct,
      body,
    };
    asked.push(each);
    const { status, body: text } = await issuer.answer(each);
    const type = text.startsWith('<') ? 'text/xml' : 'application/json';
    res.writeHead(status, { 'content-type': type }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer: TestIssuer = {
    origin: `http://${host}`,
    host,
    asked,
    answer,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return issuer;
}

/** A way out without the checks a host has to make. */
export const outbound: Outbound = ({ method, url, headers, body }) =>
  new Promise<IssuerAnswer>((resolve, reject) => {
    const req = request(url, { method, headers, agent: false }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('end', () => {
        const found = res.headers as Record<string, string>;
        resolve({ status: res.statusCode ?? 0, headers: found, body: Buffer.concat(chunks) });
      });
    });
    req.on('error', reject);
    req.end(body ?? undefined);
  });
