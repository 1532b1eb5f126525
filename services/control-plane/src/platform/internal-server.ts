import { timingSafeEqual } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Spans } from '@weir/telemetry';
import { type FastifyReply, type FastifyRequest, fastify, type RouteHandlerMethod } from 'fastify';
import { CONFIG, type Config } from './config.js';
import { addDoorSpan } from './operation-spans.js';

type Check = () => Promise<void>;

const HEARTBEAT_BYTES = 1024 * 1024;

/**
 * The internal port: health, metrics, and what other rooms add before it listens (in `onModuleInit`).
 * Paths under `/door/` demand the door token; everything here stays on a private address.
 */
@Injectable()
export class InternalRoutes {
  readonly #logger = new Logger(InternalRoutes.name);
  readonly #checks = new Map<string, Check>();
  readonly #metrics: (() => string)[] = [];
  readonly #server = fastify({ bodyLimit: HEARTBEAT_BYTES, forceCloseConnections: true, logger: false });
  #draining = false;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.#server.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
      const status = error.statusCode ?? 500;
      if (status >= 500) this.#logger.error('internal route failed', error instanceof Error ? error.stack : undefined);
      return reply.code(status).send({ error: status >= 500 ? 'INTERNAL' : 'REQUEST_INVALID' });
    });
    this.add('GET', '/healthz', () => ({ status: 'alive' }));
    this.add('GET', '/readyz', (_request, reply) => this.#readiness(reply));
    this.add('GET', '/metrics', (_request, reply) =>
      reply.type('text/plain; version=0.0.4').send(`${this.#metrics.map((read) => read()).join('')}`),
    );
  }

  /** `handler` is Fastify's; it may return a value, or `reply.hijack()` and write to `reply.raw`. */
  add(method: 'GET' | 'POST', path: `/${string}`, handler: RouteHandlerMethod): void {
    const guarded = path.startsWith('/door/');
    this.#server.route({ method, url: path, handler, ...(guarded ? { onRequest: this.#demandDoorToken } : {}) });
  }

  /** `/readyz` answers 503 while any check rejects. */
  addCheck(name: string, check: Check): void {
    this.#checks.set(name, check);
  }

  /** `read` returns Prometheus text, each line ending in a newline; no tenant data in labels. */
  addMetrics(read: () => string): void {
    this.#metrics.push(read);
  }

  /** Call it before it listens. */
  tellOfDoor(spans: Spans): void {
    this.#server.addHook('onResponse', async (request, reply) => {
      if (request.url.startsWith('/door/')) addDoorSpan(spans, request, reply);
    });
  }

  async listen(): Promise<AddressInfo> {
    await this.#server.listen({ host: this.config.internalHost, port: this.config.internalPort });
    return this.#server.server.address() as AddressInfo;
  }

  /** From here on `/readyz` answers 503, so that balancers look elsewhere. */
  drain(): void {
    this.#draining = true;
  }

  async close(): Promise<void> {
    await this.#server.close();
  }

  readonly #demandDoorToken = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const expected = Buffer.from(`Bearer ${this.config.masterKey.doorToken}`);
    const given = Buffer.from(request.headers.authorization ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      await reply.code(401).send({ error: 'DOOR_TOKEN_INVALID' });
    }
  };

  async #readiness(reply: FastifyReply): Promise<object> {
    const failing: string[] = this.#draining ? ['draining'] : [];
    await Promise.all(
      [...this.#checks].map(async ([name, check]) => {
        try {
          await check();
        } catch (error) {
          failing.push(name);
          this.#logger.warn(`${name} is not ready: ${error instanceof Error ? error.name : 'unknown'}`);
        }
      }),
    );
    reply.code(failing.length > 0 ? 503 : 200);
    return { status: failing.length > 0 ? 'not ready' : 'ready', failing: failing.sort() };
  }
}
