import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { WeirError } from '@weir/contracts';
import type { buildConnector } from 'undici';
import { AddressRefused, isPublicAddress, type Resolver } from './address-guard.js';

export interface ConnectorOptions {
  readonly resolver: Resolver;
  /** True for an upstream the operator listed: it may be private. */
  readonly allowPrivate: boolean;
  readonly connectMs: number;
  /** Certificate authorities in place of the system's. */
  readonly ca?: ConnectionOptions['ca'];
}

export class ConnectTimeout extends WeirError {
  constructor(host: string, connectMs: number) {
    super('CONNECT_TIMEOUT', `${host} accepted no connection within ${connectMs} ms`);
  }
}

/** The error of a socket that is failing right now, for whoever is called on its behalf in the same turn. */
let failing: Error | null = null;

/**
 * Non-null while a connection's reset is being handled. undici takes a reset for the regular end of a body that is
 * delimited by the connection's close, and a truncated answer must not pass for a whole one.
 */
export function connectionFailure(): Error | null {
  return failing;
}

/**
 * Connects to upstreams. The address is checked where it counts: as a literal (for which no look-up is made), as the
 * answer of the look-up whose very addresses are then dialled, and on the connected socket before a byte is sent.
 */
export function guardedConnector(options: ConnectorOptions): buildConnector.connector {
  const { resolver, allowPrivate, connectMs } = options;
  let session: Buffer | undefined;

  const lookup: LookupFunction = (hostname, { all, family }, callback) => {
    resolver.lookup(hostname, (error, addresses) => {
      const usable = addresses.filter(
        (each) => (allowPrivate || isPublicAddress(each.address)) && (!family || each.family === family),
      );
      const [first] = usable;
      if (error || !first) callback(error ?? new AddressRefused(hostname), '', 0);
      else if (all) callback(null, usable);
      else callback(null, first.address, first.family);
    });
  };

  const open = (hostname: string, port: number, isTls: boolean): Socket => {
    if (!isTls) return connectTcp({ host: hostname, port, lookup, highWaterMark: 65_536 } as never);
    return connectTls({
      host: hostname,
      port,
      lookup,
      // A server name is never an address (RFC 6066 section 3).
      ...(isIP(hostname) ? {} : { servername: hostname }),
      ...(options.ca ? { ca: options.ca } : {}),
      ...(session ? { session } : {}),
      minVersion: 'TLSv1.2',
      rejectUnauthorized: true,
      ALPNProtocols: ['http/1.1'],
    });
  };

  return ({ hostname, protocol, port: portText }, callback) => {
    const host = hostname.replace(/^\[|\]$/g, '');
    const isTls = protocol === 'https:';
    const port = Number(portText) || (isTls ? 443 : 80);
    if (!allowPrivate && isIP(host) && !isPublicAddress(host)) {
      process.nextTick(callback, new AddressRefused(host), null);
      return;
    }
    const socket = open(host, port, isTls);
    let isSettled = false;
    const settle = (error: Error | null) => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      if (error) {
        socket.destroy();
        callback(error, null);
      } else {
        callback(null, socket);
      }
    };
    const timer = setTimeout(() => settle(new ConnectTimeout(host, connectMs)), connectMs);
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 60_000);
    socket.once('connect', () => {
      if (!allowPrivate && !isPublicAddress(socket.remoteAddress ?? '')) settle(new AddressRefused(host));
      else if (!isTls) settle(null);
    });
    if (isTls) {
      socket.once('secureConnect', () => settle(null));
      socket.on('session', (ticket: Buffer) => {
        session = ticket;
      });
    }
    socket.on('error', (error) => {
      failing = error;
      process.nextTick(() => {
        failing = null;
      });
      settle(error);
    });
    socket.once('close', () => settle(new Error('the connection was closed while it was being made')));
  };
}
