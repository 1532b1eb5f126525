import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Issuer {
  readonly origin: string;
  readonly host: string;
  /** Bodies it was asked with. */
  readonly asked: string[];
  answer: (body: string) => Promise<{ status: number; headers?: Record<string, string>; body: string }>;
  close(): Promise<void>;
}

/** Somebody who issues tokens: `token-1`, `token-2`, each good for an hour. */
export async function startIssuer(): Promise<Issuer> {
  const server = createServer(async (req, res) => {
    let body = '';
    for await (const chunk of req) body += chunk;
    issuer.asked.push(body);
    const answer = await issuer.answer(body);
    res.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer: Issuer = {
    origin: `http://${host}`,
    host,
    asked: [],
    answer: async () => ({
      status: 200,
      body: JSON.stringify({ access_token: `planted-token-${issuer.asked.length}`, expires_in: 3_600 }),
    }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return issuer;
}
