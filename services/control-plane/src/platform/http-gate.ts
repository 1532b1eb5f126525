import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from './config.js';

/** Sent by clients that are no browser page, where `Origin` is absent. A page of another site cannot set it unasked. */
export const REQUESTED_BY = 'x-requested-by';

const PATH = '/graphql';
const JSON_TYPE = /^application\/(graphql-response\+)?json\s*(;\s*charset=utf-8\s*)?$/i;
const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

interface Verdict {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/**
 * Stands before any parsing: only JSON, by POST, unencoded, from our console or from no page at all.
 * Refusing every `content-encoding` keeps decompressors out of reach of callers nobody has authenticated.
 */
export function refuseEarly(request: FastifyRequest, consoleOrigins: ReadonlySet<string>): Verdict | null {
  const { headers, method } = request;
  if (request.url.split('?', 1)[0] !== PATH) return { status: 404, code: 'NOT_FOUND', message: 'Nothing here.' };
  if (method !== 'POST') return { status: 405, code: 'METHOD_NOT_ALLOWED', message: 'Use POST.' };
  if (headers['content-encoding'] !== undefined) {
    return { status: 415, code: 'ENCODING_NOT_SUPPORTED', message: 'Send the body without content-encoding.' };
  }
  if (!JSON_TYPE.test(headers['content-type'] ?? '')) {
    return { status: 415, code: 'CONTENT_TYPE_NOT_SUPPORTED', message: 'Send application/json in UTF-8.' };
  }
  const trusted =
    headers.origin === undefined ? Boolean(headers[REQUESTED_BY]) : consoleOrigins.has(headers.origin.toLowerCase());
  if (!trusted || headers['sec-fetch-site'] === 'cross-site') {
    return {
      status: 403,
      code: 'ORIGIN_REFUSED',
      message: `Requests come from the console, or carry the header ${REQUESTED_BY}.`,
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

const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

function refuse(reply: FastifyReply, { status, code, message }: Verdict): FastifyReply {
  const requestId = reply.request.id;
  // An unread body is not worth reading: the connection ends with the answer.
  return reply
    .code(status)
    .headers({ connection: 'close', ...(status === 405 ? { allow: 'POST' } : {}) })
    .send({ errors: [{ message, extensions: { code, requestId } }] });
}

/** What body parsing may refuse, by Fastify's own codes; anything else is our fault. */
const PARSE_VERDICTS: Readonly<Record<number, Verdict>> = {
  400: { status: 400, code: 'BODY_INVALID', message: 'The body is not valid JSON.' },
  413: { status: 413, code: 'BODY_TOO_LARGE', message: 'The body is too large.' },
  415: { status: 415, code: 'CONTENT_TYPE_NOT_SUPPORTED', message: 'Send application/json in UTF-8.' },
};
const OUR_FAULT: Verdict = { status: 500, code: 'INTERNAL', message: 'Something went wrong on our side.' };

export function installHttpGate(server: FastifyInstance, config: Config, log: (message: string) => void): void {
  const origins = consoleOrigins(config.publicConsoleUrl);
  server.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...SECURITY_HEADERS, 'x-weir-request-id': request.id });
    const verdict = refuseEarly(request, origins);
    return verdict ? refuse(reply, verdict) : undefined;
  });
  server.setErrorHandler((error: { statusCode?: number; stack?: string }, request, reply) => {
    const verdict = PARSE_VERDICTS[error.statusCode ?? 500] ?? OUR_FAULT;
    if (verdict === OUR_FAULT) log(`request ${request.id} failed: ${error.stack ?? 'unknown'}`);
    return refuse(reply, verdict);
  });
}
