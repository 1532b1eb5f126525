import { Refusal } from '../errors.js';
import { takeTokenFromProtocols } from '../realtime/handshake.js';
import type { CallRequest } from './exchange.js';
import { type IsDropped, namedByConnection, readableCodings } from './headers.js';

const MAX_HEADERS = 100;

/** What the proxy reads of a request's header section, in one pass over it. */
export interface RequestHead {
  /** Header pairs that may go on to the upstream. */
  readonly forward: string[];
  /** Values of the headers that can carry a gateway token; the caller's own credentials where `passthrough` is on. */
  readonly weirAuthorization: string | null;
  readonly authorization: string | null;
  readonly apiKey: string | null;
  readonly googleApiKey: string | null;
  readonly azureApiKey: string | null;
  /** Google Cloud project that a call under the caller's own credential is charged to. */
  readonly googleUserProject: string | null;
  /** Declared body length; null when the body is chunked or absent. */
  readonly contentLength: number | null;
  readonly isChunked: boolean;
  readonly contentType: string;
  /** The connection becomes a WebSocket if the upstream agrees. */
  readonly isWebSocket: boolean;
  readonly isEncoded: boolean;
  readonly conversation: string | null;
  readonly user: string | null;
  readonly agent: string | null;
  readonly tags: string | null;
  readonly call: string | null;
  readonly attempt: string | null;
  /** As the SDK that made the request counts; null when it says nothing, or says it twice. */
  readonly clientRetry: string | null;
  /** null when absent; said twice, it is no valid one. */
  readonly traceparent: string | null;
  readonly tracestate: string | null;
  /** The upstream hears of a span of ours in place of the app's. */
  readonly isTraceReplaced: boolean;
}

type Draft = { -readonly [K in keyof RequestHead]: RequestHead[K] };

/** @throws Refusal `headers_too_large`, `request_invalid` */
export function readHead(req: CallRequest, isDropped: IsDropped): RequestHead {
  const raw = req.rawHeaders;
  if (raw.length > MAX_HEADERS * 2) {
    throw new Refusal('headers_too_large', `The request has more than ${MAX_HEADERS} headers; send fewer.`);
  }
  const head: Draft = {
    forward: [],
    weirAuthorization: null,
    authorization: null,
    apiKey: null,
    googleApiKey: null,
    azureApiKey: null,
    googleUserProject: null,
    contentLength: null,
    isChunked: false,
    contentType: '',
    isWebSocket: false,
    isEncoded: false,
    conversation: null,
    user: null,
    agent: null,
    tags: null,
    call: null,
    attempt: null,
    clientRetry: null,
    traceparent: null,
    tracestate: null,
    isTraceReplaced: false,
  };
  let named: string[] | null = null;
  let hosts = 0;
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i] as string;
    const value = raw[i + 1] as string;
    const lower = name.toLowerCase();
    if (name.includes('_')) {
      throw new Refusal('request_invalid', `The header “${name}” holds an underscore; rename it or leave it out.`);
    }
    const field = FIELDS.get(lower);
    if (field !== undefined) field(head, value);
    else if (lower === 'host') hosts++;
    else if (lower === 'connection') named = [...(named ?? []), ...(namedByConnection(value) ?? [])];
    if (isDropped(lower)) continue;
    head.forward.push(lower, lower === 'accept-encoding' ? readableCodings(value) : value);
  }
  // Never used, but another hop may have chosen by it (RFC 9112 section 3.2).
  if (hosts > 1 || (hosts === 0 && req.httpVersionMinor > 0)) {
    throw new Refusal('request_invalid', 'The request must have exactly one “host” header; send one.');
  }
  // Node has left the connection to us only where it saw a proper request for one.
  if (head.isWebSocket && (req as { upgrade?: boolean }).upgrade !== true) throw noUpgrade();
  if (named !== null && named.length > 0) head.forward = withoutNamed(head.forward, named);
  if (head.isWebSocket) {
    const token = takeTokenFromProtocols(head.forward);
    if (token !== null && head.authorization === null) head.authorization = `Bearer ${token}`;
  }
  return head;
}

function withoutNamed(forward: readonly string[], named: readonly string[]): string[] {
  const kept: string[] = [];
  for (let i = 0; i < forward.length; i += 2) {
    if (!named.includes(forward[i] as string)) kept.push(forward[i] as string, forward[i + 1] as string);
  }
  return kept;
}

type Slot = {
  [K in keyof Draft]: Draft[K] extends string | null ? K : never;
}[keyof Draft];

/** A header that decides something must say it once: two values would be read differently by different hops. */
function once(slot: Slot, name: string) {
  return (head: Draft, value: string) => {
    if (head[slot] !== null) {
      throw new Refusal('request_invalid', `The header “${name}” is present more than once; send it once.`);
    }
    head[slot] = value;
  };
}

const FIELDS = new Map<string, (head: Draft, value: string) => void>([
  ['x-weir-authorization', once('weirAuthorization', 'x-weir-authorization')],
  ['authorization', once('authorization', 'authorization')],
  ['x-api-key', once('apiKey', 'x-api-key')],
  ['x-goog-api-key', once('googleApiKey', 'x-goog-api-key')],
  ['api-key', once('azureApiKey', 'api-key')],
  ['x-goog-user-project', once('googleUserProject', 'x-goog-user-project')],
  ['x-weir-conversation', once('conversation', 'x-weir-conversation')],
  ['x-weir-user', once('user', 'x-weir-user')],
  ['x-weir-agent', once('agent', 'x-weir-agent')],
  ['x-weir-tags', once('tags', 'x-weir-tags')],
  ['x-weir-call', once('call', 'x-weir-call')],
  ['x-weir-attempt', once('attempt', 'x-weir-attempt')],
  [
    'x-stainless-retry-count',
    (head, value) => {
      head.clientRetry = value;
    },
  ],
  [
    'traceparent',
    (head, value) => {
      head.traceparent = head.traceparent === null ? value : '';
    },
  ],
  [
    'tracestate',
    (head, value) => {
      head.tracestate = head.tracestate === null ? value : `${head.tracestate},${value}`;
    },
  ],
  [
    'content-length',
    (head, value) => {
      if (head.contentLength !== null || head.isChunked || !/^\d{1,15}$/.test(value)) throw framing();
      head.contentLength = Number(value);
    },
  ],
  [
    'transfer-encoding',
    (head, value) => {
      if (head.contentLength !== null || head.isChunked || value.toLowerCase() !== 'chunked') throw framing();
      head.isChunked = true;
    },
  ],
  [
    'content-type',
    (head, value) => {
      if (head.contentType !== '') {
        throw new Refusal('request_invalid', 'The header “content-type” is present more than once; send it once.');
      }
      head.contentType = value;
    },
  ],
  [
    'content-encoding',
    (head, value) => {
      if (value.toLowerCase() !== 'identity') head.isEncoded = true;
    },
  ],
  [
    'upgrade',
    (head, value) => {
      const offered = value.trim().toLowerCase();
      head.isWebSocket = offered === 'websocket';
      // RFC 9113 section 3.1: an `h2c` offer may be ignored, and some HTTP clients make it on every first request.
      if (offered !== 'h2c' && !head.isWebSocket) throw noUpgrade();
    },
  ],
]);

function noUpgrade(): Refusal {
  return new Refusal(
    'request_invalid',
    'The protocol offered to upgrade to is not supported; use HTTP or a WebSocket.',
  );
}

function framing(): Refusal {
  return new Refusal('request_invalid', 'The request frames its body in more than one way; send one content-length.');
}

const OWN_CREDENTIALS = [
  ['authorization', 'authorization'],
  ['x-api-key', 'apiKey'],
  ['x-goog-api-key', 'googleApiKey'],
  ['api-key', 'azureApiKey'],
  ['x-goog-user-project', 'googleUserProject'],
] as const satisfies readonly (readonly [string, Slot])[];

/** Header pairs with which the caller identifies itself to the upstream, out of those an upstream reads. */
export function ownCredentials(head: RequestHead, readable: readonly string[]): string[] {
  const own: string[] = [];
  for (const [name, slot] of OWN_CREDENTIALS) {
    const value = head[slot];
    if (value !== null && readable.includes(name)) own.push(name, value);
  }
  return own;
}
