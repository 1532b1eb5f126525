import type { IncomingMessage } from 'node:http';
import { Refusal } from '../errors.js';
import type { RequestHead } from '../http/head.js';

/** How OpenAI's browser clients, which cannot set headers, send their key. */
const KEY_PROTOCOL = 'openai-insecure-api-key.';
/** 16 bytes in base64 (RFC 6455 section 4.1). */
const KEY = /^[A-Za-z0-9+/]{22}==$/;

/** Whether a request asks for a WebSocket; any other upgrade is looked at as if it had not been offered. */
export function asksForWebSocket(req: Pick<IncomingMessage, 'method' | 'headers'>): boolean {
  return req.method === 'GET' && req.headers.upgrade?.trim().toLowerCase() === 'websocket';
}

/** The gateway token among the protocols a browser offers, which is then taken out of them; null = it is not there. */
export function takeTokenFromProtocols(forward: string[]): string | null {
  let token: string | null = null;
  for (let at = forward.length - 2; at >= 0; at -= 2) {
    if (forward[at] !== 'sec-websocket-protocol') continue;
    const offered = (forward[at + 1] as string).split(',').map((protocol) => protocol.trim());
    const kept = offered.filter((protocol) => !protocol.startsWith(`${KEY_PROTOCOL}weir_`));
    if (kept.length === offered.length) continue;
    token = (offered.find((protocol) => !kept.includes(protocol)) as string).slice(KEY_PROTOCOL.length);
    if (kept.length > 0) forward[at + 1] = kept.join(', ');
    else forward.splice(at, 2);
  }
  return token;
}

export interface Handshake {
  /** Header pairs for the upstream. */
  readonly headers: string[];
  /** An offer to compress was not passed on: what is compressed cannot be read beside the stream. */
  readonly isCompressionDeclined: boolean;
}

/** @throws Refusal `request_invalid` */
export function handshakeOf(head: RequestHead): Handshake {
  const values = (wanted: string) => head.forward.filter((_, at) => at % 2 === 1 && head.forward[at - 1] === wanted);
  const [key, ...more] = values('sec-websocket-key');
  const [version, ...others] = values('sec-websocket-version');
  if (more.length > 0 || others.length > 0 || key === undefined || !KEY.test(key) || version?.trim() !== '13') {
    throw new Refusal(
      'request_invalid',
      'The request asks for a WebSocket without a proper “sec-websocket-key” and “sec-websocket-version: 13”; use a WebSocket client library.',
    );
  }
  if (head.isChunked || (head.contentLength ?? 0) > 0) {
    throw new Refusal('request_invalid', 'A request for a WebSocket must not have a body; leave it out.');
  }
  const headers: string[] = ['connection', 'Upgrade', 'upgrade', 'websocket'];
  for (let at = 0; at < head.forward.length; at += 2) {
    if (head.forward[at] !== 'sec-websocket-extensions') headers.push(...head.forward.slice(at, at + 2));
  }
  return { headers, isCompressionDeclined: values('sec-websocket-extensions').length > 0 };
}
