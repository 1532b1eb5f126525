import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DOOR, heartbeat } from '@weir/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InternalRoutes } from '../platform/internal-server.js';
import { Proxies } from './proxies.service.js';
import type { PublicationKind } from './publication.js';
import { Publisher } from './publisher.service.js';
import { RecordingReports } from './recording-reports.service.js';

const KEEP_ALIVE_EVERY_MS = 5_000;
/** A reader this far behind has stopped reading; it reconnects when it comes back. */
const MAX_UNREAD_BYTES = 64 * 1024;

/** What proxies and workers may ask; the internal server has checked the door token already. */
@Injectable()
export class DoorRoutes implements OnModuleInit {
  constructor(
    private readonly routes: InternalRoutes,
    private readonly publisher: Publisher,
    private readonly proxies: Proxies,
    private readonly recordings: RecordingReports,
  ) {}

  onModuleInit(): void {
    this.routes.add('GET', DOOR.snapshot, (request, reply) => this.document('snapshot', request, reply));
    this.routes.add('GET', DOOR.priceBook, (request, reply) => this.document('price_book', request, reply));
    this.routes.add('GET', DOOR.notices, (request, reply) => this.notices(request, reply));
    this.routes.add('POST', DOOR.heartbeat, (request, reply) => this.heartbeat(request, reply));
    this.routes.addMetrics(() => this.metrics());
  }

  private async document(kind: PublicationKind, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    // With the database away the document held here is still the newest anybody knows.
    await this.publisher.refresh().catch(() => undefined);
    const document = this.publisher.document(kind);
    if (!document) return reply.code(503).header('retry-after', '1').send({ error: 'NOT_PUBLISHED_YET' });
    reply.header('etag', document.etag).header('cache-control', 'no-cache');
    if (matches(request.headers['if-none-match'], document.etag)) return reply.code(304).send();
    return reply.type('application/json; charset=utf-8').send(document.body);
  }

  private notices(request: FastifyRequest, reply: FastifyReply): void {
    reply.hijack();
    const stream = reply.raw;
    stream.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const write = (text: string) => {
      if (stream.writableLength > MAX_UNREAD_BYTES) stream.destroy();
      else stream.write(text);
    };
    const stop = this.publisher.onPublished((notice) => write(`data: ${JSON.stringify(notice)}\n\n`));
    const keepAlive = setInterval(() => write(': alive\n\n'), KEEP_ALIVE_EVERY_MS).unref();
    request.raw.socket.once('close', () => {
      stop();
      clearInterval(keepAlive);
    });
    stream.on('error', () => stream.destroy());
    // Whoever connects learns where things stand, so nothing published while away is missed.
    write(`data: ${JSON.stringify(this.publisher.notice())}\n\n`);
  }

  private metrics(): string {
    const { snapshotVersion, priceBookVersion } = this.publisher.notice();
    return [
      '# TYPE weir_published_version gauge',
      `weir_published_version{document="snapshot"} ${snapshotVersion}`,
      `weir_published_version{document="price_book"} ${priceBookVersion}`,
      '# TYPE weir_proxies gauge',
      `weir_proxies ${this.proxies.list().length}`,
      '',
    ].join('\n');
  }

  private async heartbeat(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const parsed = heartbeat.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: 'HEARTBEAT_INVALID' });
    await this.proxies.record(parsed.data);
    await this.recordings.record(parsed.data);
    await this.publisher.outrank(parsed.data.snapshotVersion);
    return reply.code(204).send();
  }
}

/** RFC 9110 section 13.1.2: a list of tags, compared weakly, or `*`. */
function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}
