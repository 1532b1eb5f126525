import { Readable } from 'node:stream';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AuditService } from '../../platform/audit.service.js';
import { CONFIG, type Config } from '../../platform/config.js';
import { permissionsOf } from '../../platform/policy.js';
import { PrismaService } from '../../platform/prisma.service.js';
import type { Viewer } from '../../platform/viewer.js';
import { SessionsService } from '../../sessions/sessions.service.js';
import { UsageReader } from '../../usage/reader.service.js';
import { type ExportCount, exportLines } from './lines.js';
import { DOWNLOADS, ExportOrders, fileNameOf } from './orders.service.js';
import type { ExportOrder } from './sealed-order.js';

type Asked = FastifyRequest<{ Params: { id: string }; Querystring: { order?: string } }>;

/** Of one replica at once: each holds some megabytes, and asks the store all the time. */
const MAX_AT_ONCE = 4;

interface Refused {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}
const NOBODY: Refused = { status: 401, code: 'UNAUTHENTICATED', message: 'Sign in first.' };
const NOT_ALLOWED: Refused = { status: 403, code: 'FORBIDDEN', message: 'Your role does not allow this.' };
const NO_ORDER: Refused = { status: 404, code: 'NOT_FOUND', message: 'There is no such export, or its time is over.' };
const BUSY: Refused = {
  status: 503,
  code: 'EXPORTS_BUSY',
  message: 'Several exports are under way. Try again shortly.',
};

/**
 * Hands out exports while they are read, no faster than they are taken; whoever leaves, or takes nothing for too long, ends the reading. One that breaks off ends
 * without the end of its chunks, which every client reports, and without the trailer that says how many lines there were.
 */
@Injectable()
export class TranscriptExportRoutes implements OnModuleInit {
  readonly #logger = new Logger(TranscriptExportRoutes.name);
  #underWay = 0;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly host: HttpAdapterHost,
    private readonly sessions: SessionsService,
    private readonly orders: ExportOrders,
    private readonly reader: UsageReader,
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
  ) {}

  onModuleInit(): void {
    // There is none where the rooms run without a server.
    const server = this.host.httpAdapter?.getInstance() as FastifyInstance | undefined;
    const handler = (request: Asked, reply: FastifyReply) => this.#answer(request, reply);
    const url = `${DOWNLOADS}/:id/:fileName`;
    server?.route<{ Params: { id: string }; Querystring: { order?: string } }>({
      ...{ method: 'GET', url, handler, exposeHeadRoute: false },
    });
  }

  async #answer({ headers, query }: Asked, reply: FastifyReply): Promise<FastifyReply> {
    const viewer = await this.sessions.viewerOf(headers.cookie);
    if (viewer === null || !('projectId' in viewer)) return refuse(reply, NOBODY);
    if (!permissionsOf(viewer).includes('transcript_body.read')) return refuse(reply, NOT_ALLOWED);
    const order = typeof query.order === 'string' ? this.orders.find(viewer, query.order) : null;
    if (order === null) return refuse(reply, NO_ORDER);
    if (this.#underWay >= MAX_AT_ONCE) return refuse(reply, BUSY);
    return this.#send(reply, viewer, order);
  }

  async #send(reply: FastifyReply, viewer: Viewer, order: ExportOrder): Promise<FastifyReply> {
    const subject = order.conversationId ?? 'conversations';
    const { search, ...filter } = order.filter;
    const detail = {
      form: order.form,
      ...(order.conversationId === null && { filter, searched: search !== undefined }),
    };
    await this.audit.record(this.prisma, viewer, 'transcript.export', subject, detail);
    const count = { conversations: 0, turns: 0, lines: 0 };
    const lines = this.#taken(this.#lines(viewer, order, subject, count), () =>
      body.destroy(new Error('nobody takes it')),
    );
    const body = Readable.from(lines, { objectMode: false, highWaterMark: 1 });
    body.on('error', (error) => this.#logger.warn(`an export is not sent to its end: ${error.message}`));
    reply.headers({
      'content-type': 'application/jsonl; charset=utf-8',
      'content-disposition': `attachment; filename="${fileNameOf(order)}"`,
      'cache-control': 'private, no-store, no-transform',
    });
    reply.trailer('x-weir-lines', async () => String(count.lines));
    return reply.send(body);
  }

  /** The next line is asked for once there is room for it: a client that stays and reads nothing would hold its place for ever. */
  async *#taken(lines: AsyncIterable<string>, giveUp: () => void) {
    for await (const line of lines) {
      const timer = setTimeout(giveUp, this.config.exportPatienceSeconds * 1_000);
      try {
        yield line;
      } finally {
        clearTimeout(timer);
      }
    }
  }

  /** How much was handed out is in the trail, also of an export that broke off. */
  async *#lines(viewer: Viewer, order: ExportOrder, subject: string, count: ExportCount) {
    this.#underWay++;
    let isWhole = false;
    try {
      yield* exportLines(this.reader, order, count);
      isWhole = true;
    } finally {
      this.#underWay--;
      await this.audit.record(this.prisma, viewer, 'transcript.exported', subject, { ...count, isWhole });
    }
  }
}

function refuse(reply: FastifyReply, { status, code, message }: Refused): FastifyReply {
  return reply.code(status).send({ errors: [{ message, extensions: { code, requestId: reply.request.id } }] });
}
