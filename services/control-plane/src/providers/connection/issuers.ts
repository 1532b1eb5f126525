import type { Outbound } from '@weir/credentials';
import { checkUpstream, parseBaseUrl } from '../base-url.js';
import { callUpstream } from './call.js';

/** The door through which tokens are asked for: https to public addresses and what the operator listed, nothing else. */
export function issuerDoor(allowedHosts: readonly string[]): Outbound {
  return async ({ method, url: address, headers, body }) => {
    const { origin, pathname, search } = new URL(address);
    const url = parseBaseUrl(origin);
    checkUpstream(url, allowedHosts);
    const sent = { method, url, path: pathname + search, headers: Object.entries(headers).flat(), body };
    const answer = await callUpstream(sent, allowedHosts);
    return { status: answer.status, headers: answer.headers, body: Buffer.from(answer.body) };
  };
}
