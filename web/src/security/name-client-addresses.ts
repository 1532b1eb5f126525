import { subscribe } from 'node:diagnostics_channel';
import { config } from '../config';
import { clientAddresses } from './client-address';

interface RequestStart {
  readonly request: { readonly headers: Record<string, string | string[] | undefined> };
  readonly socket: { readonly remoteAddress?: string };
}

/**
 * The control plane throttles sign-ins by client address, so the address must not be the client's own claim. Next passes
 * an `x-forwarded-for` sent by the client on unchanged; this names the peer of the socket before Next sees the request.
 */
export function nameClientAddresses(): void {
  subscribe('http.server.request.start', (message) => {
    const { request, socket } = message as RequestStart;
    request.headers['x-forwarded-for'] = clientAddresses(
      request.headers['x-forwarded-for'],
      socket.remoteAddress ?? '',
      config.trustedProxies,
    );
    delete request.headers['x-real-ip'];
    delete request.headers.forwarded;
  });
}
