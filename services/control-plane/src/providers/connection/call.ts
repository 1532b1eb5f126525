import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, type Dispatcher, request } from 'undici';
import { whyNotPublic } from '../address.js';
import { type BaseUrl, isListed } from '../base-url.js';
import type { Failure } from './explain.js';

const LIMIT_MS = 15_000;
const MAX_BODY_BYTES = 64 * 1024;
/** Some upstreams offer hundreds of models and describe each. */
const MAX_LIST_BYTES = 2 * 1024 * 1024;

export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** UTF-8, cut at the limit. */
  readonly body: string;
  /** The same as they came. */
  readonly bytes: Buffer;
}

/** How long one call may take, and how much of its answer is read. */
export interface Bounds {
  readonly limitMs: number;
  readonly maxBytes: number;
}

/** @param address resolved at connect time. @throws Error `EADDRNOTPUBLIC` */
class AddressNotPublic extends Error {
  readonly code = 'EADDRNOTPUBLIC';
}

/** Resolves like Node does, and refuses what has become private since the base URL was checked. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0);
    const refused = addresses.find(({ address }) => whyNotPublic(address) !== null);
    if (refused || !addresses[0]) return callback(new AddressNotPublic(), '', 0);
    if (options.all) return callback(null, addresses);
    callback(null, addresses[0].address, addresses[0].family);
  });
};

/** One request as it will be sent. */
export interface Outgoing {
  readonly method: string;
  /** The address it goes to; only scheme, host and port are read. */
  readonly url: BaseUrl;
  /** Path and query, encoded. */
  readonly path: string;
  readonly headers: readonly string[];
  readonly body: string | Uint8Array | null;
}

/**
 * One call that follows no redirect, ends within its bounds, 15 s unless others are given, and reads no more than it must.
 * @throws whatever undici throws; {@link failureOf} names it
 */
export async function callUpstream(
  { method, url, path, headers, body: sent }: Outgoing,
  allowedHosts: readonly string[],
  bounds?: Bounds,
): Promise<Answer> {
  const { limitMs, maxBytes } = bounds ?? { limitMs: LIMIT_MS, maxBytes: MAX_BODY_BYTES };
  const isOpen = isListed(url, allowedHosts);
  // The look-up is not asked about literal addresses, so they are checked here.
  if (!isOpen && isIP(url.hostname) !== 0 && whyNotPublic(url.hostname) !== null) throw new AddressNotPublic();
  const agent = new Agent({
    connect: { timeout: LIMIT_MS, ...(isOpen ? {} : { lookup: publicLookup }) },
    connections: 1,
    pipelining: 0,
  });
  try {
    const response = await request(url.origin + path, {
      method: method as Dispatcher.HttpMethod,
      headers: [...headers, 'accept-encoding', 'identity', 'user-agent', 'weir'],
      body: sent,
      dispatcher: agent,
      signal: AbortSignal.timeout(limitMs),
      headersTimeout: limitMs,
      bodyTimeout: limitMs,
    });
    const isList = method === 'GET' && response.statusCode === 200;
    const bytes = await readUpTo(response.body, isList ? MAX_LIST_BYTES : maxBytes);
    const told = Object.entries(response.headers).map(([name, value]) => [name, String(value ?? '')] as const);
    return { status: response.statusCode, headers: Object.fromEntries(told), body: bytes.toString('utf8'), bytes };
  } finally {
    await agent.destroy();
  }
}

async function readUpTo(body: AsyncIterable<Buffer>, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= limitBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, limitBytes);
}

const BY_CODE: Readonly<Record<string, Failure>> = {
  ENOTFOUND: 'DNS_FAILED',
  EAI_AGAIN: 'DNS_FAILED',
  EAI_FAIL: 'DNS_FAILED',
  ENODATA: 'DNS_FAILED',
  ECONNREFUSED: 'CONNECTION_REFUSED',
  ECONNRESET: 'CONNECTION_RESET',
  EPIPE: 'CONNECTION_RESET',
  UND_ERR_SOCKET: 'CONNECTION_RESET',
  EHOSTUNREACH: 'HOST_UNREACHABLE',
  ENETUNREACH: 'HOST_UNREACHABLE',
  EADDRNOTAVAIL: 'HOST_UNREACHABLE',
  ETIMEDOUT: 'TIMEOUT',
  UND_ERR_CONNECT_TIMEOUT: 'TIMEOUT',
  UND_ERR_HEADERS_TIMEOUT: 'TIMEOUT',
  UND_ERR_BODY_TIMEOUT: 'TIMEOUT',
  EADDRNOTPUBLIC: 'ADDRESS_NOT_PUBLIC',
};

/** What kind of failure an exception of {@link callUpstream} is. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return 'HOST_UNREACHABLE';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'TIMEOUT';
  const code = (error as NodeJS.ErrnoException).code;
  if (typeof code !== 'string')
    return error instanceof AggregateError ? failureOf(error.errors[0]) : 'HOST_UNREACHABLE';
  if (/^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|EPROTO)/.test(code)) return 'TLS_FAILED';
  if (code.startsWith('HPE_')) return 'ANSWER_INVALID';
  return BY_CODE[code] ?? 'HOST_UNREACHABLE';
}
