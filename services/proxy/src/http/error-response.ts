import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { newId, REFUSALS, type RefusalCode } from '@weir/contracts';
import type { ProviderTypeDefinition } from '@weir/providers';
import type { Refusal } from '../errors.js';
import { Http2Request } from '../http2/request.js';
import { dialectOf } from '../upstream/dialects.js';
import type { CallRequest, CallResponse } from './exchange.js';

/** How long a refused request may go on sending its body, so that its sender gets to read the answer. */
const LINGER_MS = 5_000;

/** The dialect a caller most likely speaks, for refusals made before its provider is known. */
export function guessDialect(req: CallRequest): ProviderTypeDefinition {
  const { headers, url = '' } = req;
  if (/\/model\/[^?]+\/(?:invoke|converse|count-tokens)/.test(url)) return dialectOf('bedrock');
  if (
    headers['x-goog-api-key'] !== undefined ||
    /\/models\/[^/?]+:[a-z]*(?:generateContent|embedContent|countTokens)/i.test(url)
  ) {
    return dialectOf('google');
  }
  const isAnthropic = headers['anthropic-version'] !== undefined || /\/v1\/messages\b/.test(url);
  return dialectOf(isAnthropic ? 'anthropic' : 'openai');
}

/** Answers a call the proxy turns down, in the error shape of the caller's SDK. Returns the status sent. */
export function sendRefusal(
  req: CallRequest,
  res: CallResponse,
  dialect: ProviderTypeDefinition,
  refusal: Refusal,
  requestId: string,
  closeAfter: boolean,
): number {
  const status = REFUSALS[refusal.code];
  answerRefused(req, res, {
    ...{ code: refusal.code, status, requestId, closeAfter, contentType: 'application/json', retryAfter: '1' },
    body: Buffer.from(dialect.refusal(refusal.code, refusal.message, requestId)),
    more: dialect.refusalHeaders?.(refusal.code),
  });
  return status;
}

interface RefusedAnswer {
  readonly code: RefusalCode;
  readonly status: number;
  readonly requestId: string;
  readonly contentType: string;
  readonly body: Buffer;
  /** Seconds, for those that may come again. */
  readonly retryAfter: string;
  readonly closeAfter: boolean;
  readonly more?: readonly string[] | undefined;
}

/** Answers what is turned down, in whatever form its sender reads. */
export function answerRefused(req: CallRequest, res: CallResponse, answer: RefusedAnswer): void {
  const { code, status, requestId, contentType, body, retryAfter, closeAfter, more = [] } = answer;
  const headers = [
    ...['content-type', contentType, 'content-length', String(body.length)],
    ...['x-weir-request-id', requestId, 'x-weir-error', code, ...more],
  ];
  if (status === 503 || status === 429) headers.push('retry-after', retryAfter);
  if (closeAfter) headers.push('connection', 'close');
  res.writeHead(status, headers);
  res.end(req.method === 'HEAD' ? undefined : body);
  // A stream of its own needs no such care: the rest of it is simply not wanted.
  if (!req.complete && !(req instanceof Http2Request)) lingerOver(req as IncomingMessage);
}

/** Node reads the rest of the body away; a sender that does not come to an end is cut off. */
function lingerOver(req: IncomingMessage): void {
  req.resume();
  const timer = setTimeout(() => req.socket.destroy(), LINGER_MS).unref();
  req.once('close', () => clearTimeout(timer));
}

/** Answers a connection whose request could not even be parsed, and closes it. */
export function refuseConnection(socket: Duplex, refusal: Refusal): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const status = REFUSALS[refusal.code];
  const requestId = newId();
  const body = dialectOf('openai').refusal(refusal.code, refusal.message, requestId);
  socket.end(
    [
      `HTTP/1.1 ${status} ${status === 431 ? 'Request Header Fields Too Large' : 'Bad Request'}`,
      'connection: close',
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      `x-weir-request-id: ${requestId}`,
      `x-weir-error: ${refusal.code}`,
      '',
      body,
    ].join('\r\n'),
  );
  // Destroyed at once, unread input would turn into a reset that overtakes the answer.
  setTimeout(() => socket.destroy(), 1_000).unref();
}
