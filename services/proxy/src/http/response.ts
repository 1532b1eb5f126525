import type { ServerResponse } from 'node:http';
import type { UsageEvent } from '@weir/contracts';
import { Http2Answer } from '../http2/answer.js';
import type { CallRequest, CallResponse } from './exchange.js';
import { type ResponseHeaders, responseHeaders } from './headers.js';

const CUT_OFF_MS = 5_000;

/**
 * Sends the status and headers of an upstream's answer. Returns how many bytes of body they declare; null when the body
 * ends in another way or there is none. @throws what Node refuses to write, since no client could parse it
 */
export function writeHead(
  req: CallRequest,
  res: CallResponse,
  status: number,
  headers: ResponseHeaders,
  requestId: string,
  isFiltered: boolean,
  isDraining: boolean,
): number | null {
  const out = ['x-weir-request-id', requestId];
  responseHeaders(headers, out);
  const length = headers['content-length'];
  const isDeclared = typeof length === 'string' && /^\d+$/.test(length) && headers['transfer-encoding'] === undefined;
  // A length still holds only for a body that nothing is taken out of; a 204 has none to speak of.
  const isKept = isDeclared && !isFiltered && status !== 204;
  if (isKept) out.push('content-length', length);
  if (isDraining) out.push('connection', 'close');
  res.writeHead(status, out);
  return isKept && req.method !== 'HEAD' && status !== 304 ? Number(length) : null;
}

/** Sends the headers on their own, unless body has come along with them. */
export function flushHead(res: CallResponse, event: Pick<UsageEvent, 'responseBytes'>): void {
  if (event.responseBytes === 0 && !res.writableEnded && !res.destroyed) res.flushHeaders();
}

export function joined(first: Buffer | null, second: Buffer): Buffer {
  if (first === null || first.length === 0) return second;
  return second.length === 0 ? first : Buffer.concat([first, second]);
}

/** Whether nobody is left to take the answer. */
export function isGone(res: CallResponse): boolean {
  return res.destroyed || (!(res instanceof Http2Answer) && (res as ServerResponse).socket?.destroyed === true);
}

/**
 * Gives up on a client that takes none of an answer's bytes for so long; a slow reader is not a stalled one. 0 takes the
 * limit off.
 */
export function limitStall(res: CallResponse, ms: number): void {
  if (res instanceof Http2Answer) res.limitStall(ms);
  else (res as ServerResponse).socket?.setTimeout(ms);
}

/** Breaks an answer off after what was already passed on, so that the client sees that the rest is missing. */
export function cutOff(res: CallResponse): void {
  if (!res.headersSent) res.destroy();
  else if (res instanceof Http2Answer) res.cut();
  else breakOff(res as ServerResponse);
}

function breakOff(res: ServerResponse): void {
  const { socket } = res;
  if (socket === null || socket.destroyed) {
    res.destroy();
  } else if (res.req.httpVersionMinor === 0) {
    // To an HTTP/1.0 client an orderly close would be the end of the body.
    socket.resetAndDestroy();
  } else {
    socket.destroySoon();
    setTimeout(() => socket.destroy(), CUT_OFF_MS).unref();
  }
}
