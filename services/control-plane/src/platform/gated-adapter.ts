import type { Server } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyHttpOptions, FastifyReply } from 'fastify';
import type { Config } from './config.js';
import { consoleOrigins, refuseEarly, type Verdict } from './http-gate.js';

const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

function refuse(reply: FastifyReply, { status, code, message, allow }: Verdict): FastifyReply {
  const requestId = reply.request.id;
  // An unread body is not worth reading: the connection ends with the answer.
  return reply
    .code(status)
    .headers({ connection: 'close', ...(allow ? { allow } : {}) })
    .send({ errors: [{ message, extensions: { code, requestId } }] });
}

/** What body parsing may refuse, by Fastify's own codes; anything else is our fault. */
const PARSE_VERDICTS: Readonly<Record<number, Verdict>> = {
  400: { status: 400, code: 'BODY_INVALID', message: 'The body is not valid JSON.' },
  413: { status: 413, code: 'BODY_TOO_LARGE', message: 'The body is too large.' },
  415: { status: 415, code: 'CONTENT_TYPE_NOT_SUPPORTED', message: 'Send application/json in UTF-8.' },
};
const OUR_FAULT: Verdict = { status: 500, code: 'INTERNAL', message: 'Something went wrong on our side.' };

/** Fastify for Nest with the gate in front, and with our answers where Nest would install its own. */
export class GatedAdapter extends FastifyAdapter {
  readonly #log: (message: string) => void;

  constructor(config: Config, options: FastifyHttpOptions<Server>, log: (message: string) => void) {
    super(options);
    this.#log = log;
    const origins = consoleOrigins(config.publicConsoleUrl);
    this.getInstance().addHook('onRequest', async (request, reply) => {
      reply.headers({ ...SECURITY_HEADERS, 'x-weir-request-id': request.id });
      const verdict = refuseEarly(request, origins);
      return verdict ? refuse(reply, verdict) : undefined;
    });
  }

  override setErrorHandler(): ReturnType<FastifyAdapter['setErrorHandler']> {
    return this.getInstance().setErrorHandler((error: { statusCode?: number; stack?: string }, request, reply) => {
      const verdict = PARSE_VERDICTS[error.statusCode ?? 500] ?? OUR_FAULT;
      if (verdict === OUR_FAULT) this.#log(`request ${request.id} failed: ${error.stack ?? 'unknown'}`);
      return refuse(reply, verdict);
    });
  }
}
