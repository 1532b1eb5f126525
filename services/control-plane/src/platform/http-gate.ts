import type { FastifyRequest } from 'fastify';
import { readTokenIn } from './read-token.js';

/** Sent by clients that are no browser page, where `Origin` is absent. A page of another site cannot set it unasked. */
export const REQUESTED_BY = 'x-requested-by';

const PATH = '/graphql';
/** Files to download: asked for by a plain link, which no other page can read the answer of. */
const DOWNLOADS = /^\/download\/[a-z-]+\/[0-9a-f-]{36}\/[A-Za-z0-9._%-]+$/i;
const JSON_TYPE = /^application\/(graphql-response\+)?json\s*(;\s*charset=utf-8\s*)?$/i;
const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

export interface Verdict {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Methods that the path takes, where that is what was wrong. */
  readonly allow?: string;
}

/**
 * Stands before any parsing: only JSON, by POST, unencoded, from our console or from no page at all; or a download.
 * Refusing every `content-encoding` keeps decompressors out of reach of callers nobody has authenticated.
 */
export function refuseEarly(request: FastifyRequest, consoleOrigins: ReadonlySet<string>): Verdict | null {
  const { headers, method } = request;
  const path = request.url.split('?', 1)[0] ?? '';
  if (DOWNLOADS.test(path)) {
    return method === 'GET' || method === 'HEAD'
      ? null
      : { status: 405, code: 'METHOD_NOT_ALLOWED', message: 'Use GET.', allow: 'GET, HEAD' };
  }
  if (path !== PATH) return { status: 404, code: 'NOT_FOUND', message: 'Nothing here.' };
  if (method !== 'POST') return { status: 405, code: 'METHOD_NOT_ALLOWED', message: 'Use POST.', allow: 'POST' };
  if (headers['content-encoding'] !== undefined) {
    return { status: 415, code: 'ENCODING_NOT_SUPPORTED', message: 'Send the body without content-encoding.' };
  }
  if (!JSON_TYPE.test(headers['content-type'] ?? '')) {
    return { status: 415, code: 'CONTENT_TYPE_NOT_SUPPORTED', message: 'Send application/json in UTF-8.' };
  }
  // A page of another site knows no token, and may not send `Authorization` unasked; such a request needs no cookie either.
  const byProgram = Boolean(headers[REQUESTED_BY]) || readTokenIn(headers.authorization) !== null;
  const trusted = headers.origin === undefined ? byProgram : consoleOrigins.has(headers.origin.toLowerCase());
  if (!trusted || headers['sec-fetch-site'] === 'cross-site') {
    return {
      status: 403,
      code: 'ORIGIN_REFUSED',
      message: `Requests come from the console, or carry the header ${REQUESTED_BY} or an API token.`,
    };
  }
  return null;
}

/** A console on loopback may be opened under any name of loopback. */
export function consoleOrigins(publicConsoleUrl: string): ReadonlySet<string> {
  const url = new URL(publicConsoleUrl);
  if (!LOOPBACK_NAMES.includes(url.hostname)) return new Set([url.origin]);
  const port = url.port ? `:${url.port}` : '';
  return new Set(LOOPBACK_NAMES.map((name) => `${url.protocol}//${name}${port}`));
}
