import { WeirError } from '@weir/contracts';
import type { Outbound } from '@weir/credentials';
import { Client } from 'undici';
import { type ConnectorOptions, guardedConnector } from './connector.js';
import { baseUrlFault, hostAndPort } from './host.js';

const CONNECT_MS = 5_000;
const LIMIT_MS = 10_000;
const MAX_ANSWER_BYTES = 256 * 1024;

/**
 * The way to those who issue tokens and role credentials: the same connector, resolver and address checks as calls have.
 * One connection a request, since there is about one an hour; no redirect is followed.
 * @param allowedHosts what the operator listed, as of now
 */
export function issuerDoor(
  connector: Pick<ConnectorOptions, 'resolver' | 'ca'>,
  allowedHosts: () => ReadonlySet<string>,
): Outbound {
  return async ({ method, url, headers, body }) => {
    const address = new URL(url);
    const { origin, pathname, search } = address;
    const isListed = allowedHosts().has(hostAndPort(address));
    if (baseUrlFault(new URL(origin), isListed ? [hostAndPort(address)] : []) !== null) {
      throw new WeirError('ADDRESS_REFUSED', `${address.host} is neither https nor listed`);
    }
    const client = new Client(origin, {
      connect: guardedConnector({ ...connector, allowPrivate: isListed, connectMs: CONNECT_MS }),
      allowH2: false,
      maxResponseSize: MAX_ANSWER_BYTES,
    });
    try {
      const signal = AbortSignal.timeout(LIMIT_MS);
      const answer = await client.request({ method, path: pathname + search, headers, body, signal });
      const bytes = Buffer.from(await answer.body.arrayBuffer());
      return { status: answer.statusCode, headers: plain(answer.headers), body: bytes };
    } finally {
      await client.destroy();
    }
  };
}

function plain(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
