import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { type BaseUrl, checkAddress, checkUpstream, isListed } from './base-url.js';

const RESOLVE_LIMIT_MS = 3_000;

/** Every address a name stands for right now; empty when it has none or nobody answered. */
export type Resolve = (hostname: string) => Promise<string[]>;

/** Injection token of the {@link Resolve} in use. */
export const RESOLVE = Symbol('RESOLVE');

export const resolveByDns: Resolve = async (hostname) => {
  const waiting = new AbortController();
  const tooLate = setTimeout(RESOLVE_LIMIT_MS, [], { signal: waiting.signal }).catch(() => []);
  const found = lookup(hostname, { all: true }).then(
    (all) => all.map(({ address }) => address),
    () => [],
  );
  return Promise.race([found, tooLate]).finally(() => waiting.abort());
};

/**
 * Refuses upstreams that are not https, not public and not listed. A name that does not resolve here passes: the proxy
 * may see another DNS, and checks each address again when it connects. @throws InputError on `baseUrl`
 */
export async function checkReachable(url: BaseUrl, allowedHosts: readonly string[], resolve: Resolve): Promise<void> {
  checkUpstream(url, allowedHosts);
  if (isListed(url, allowedHosts) || isIP(url.hostname) !== 0) return;
  for (const address of await resolve(url.hostname)) checkAddress(url, address);
}
