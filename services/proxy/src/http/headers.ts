import type { RawHeaders } from '@weir/providers';

/** Hop-by-hop fields (RFC 9110 section 7.6.1) and those that frame a message: each hop makes its own. */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'trailers',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
];

/** Request fields that end here: framing, addresses and identities of other hops, and ways to say one thing twice. */
const DROPPED_REQUEST = new Set([
  ...HOP_BY_HOP,
  'host',
  'content-length',
  'expect',
  'cookie',
  'cookie2',
  'forwarded',
  'via',
  'x-real-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'true-client-ip',
  'cf-connecting-ip',
  'x-original-url',
  'x-original-host',
  'x-rewrite-url',
  'x-host',
  'x-http-method',
  'x-http-method-override',
  'x-method-override',
]);

/** Credentials of every dialect end here; the provider's own is written last. */
const CREDENTIALS = [
  'authorization',
  'x-api-key',
  'api-key',
  'x-goog-api-key',
  'x-goog-user-project',
  'x-amz-security-token',
  'x-amz-date',
  'x-amz-content-sha256',
  'x-upstream-authorization',
];

/** Response fields that speak about the upstream's own origin or connection, not about the answer. */
const DROPPED_RESPONSE = new Set([
  ...HOP_BY_HOP,
  'content-length',
  'set-cookie',
  'set-cookie2',
  'server',
  'alt-svc',
  'strict-transport-security',
  'public-key-pins',
  'clear-site-data',
  'nel',
  'report-to',
]);

/** Names of ours, of other hops, and of hops' credentials. */
function hasDroppedPrefix(name: string): boolean {
  return name.startsWith('x-weir-') || name.startsWith('x-forwarded-') || name.startsWith('proxy-');
}

export type IsDropped = (lowerName: string) => boolean;

/** @param dialectCredentials header names of every dialect that can carry a credential. */
export function requestHeaderRule(dialectCredentials: Iterable<string>): IsDropped {
  const dropped = new Set([...DROPPED_REQUEST, ...CREDENTIALS, ...dialectCredentials]);
  return (name) => dropped.has(name) || hasDroppedPrefix(name);
}

/** Names a `Connection` field lists besides its own keywords, or null. */
export function namedByConnection(value: string): string[] | null {
  if (value === 'keep-alive' || value === 'close') return null;
  const names = value
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'keep-alive' && name !== 'close');
  return names.length > 0 ? names : null;
}

const READABLE = new Set(['gzip', 'x-gzip', 'deflate', 'zstd', 'identity']);
/** Clients send few different values, and the same ones all day. */
const MAX_REMEMBERED = 256;
const remembered = new Map<string, string>();

/**
 * What the client may ask the upstream to encode with. Only codings whose usage can be read stay: brotli is never
 * decoded here, so a brotli answer would be an unmetered one.
 */
export function readableCodings(acceptEncoding: string): string {
  const known = remembered.get(acceptEncoding);
  if (known !== undefined) return known;
  const kept = acceptEncoding.split(',').flatMap((part) => {
    const [coding = '', ...parameters] = part.trim().toLowerCase().split(';');
    const name = coding.trim();
    if (name === '*') return [['gzip', ...parameters].join(';'), ['deflate', ...parameters].join(';')];
    return READABLE.has(name) ? [part.trim()] : [];
  });
  const value = kept.length > 0 ? kept.join(', ') : 'identity';
  if (remembered.size < MAX_REMEMBERED) remembered.set(acceptEncoding, value);
  return value;
}

export type ResponseHeaders = Record<string, string | string[] | undefined>;

/** Response headers to pass on. `content-length` is left to the caller, who knows whether the length still holds. */
export function responseHeaders(headers: ResponseHeaders, out: RawHeaders): RawHeaders {
  const connection = headers.connection;
  const named = connection === undefined ? null : namedByConnection(String(connection));
  for (const name of Object.keys(headers)) {
    if (DROPPED_RESPONSE.has(name) || hasDroppedPrefix(name) || named?.includes(name)) continue;
    const value = headers[name];
    if (typeof value === 'string') out.push(name, value);
    else if (value) for (const each of value) out.push(name, each);
  }
  return out;
}
