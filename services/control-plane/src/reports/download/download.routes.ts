import { Readable } from 'node:stream';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { uuid } from '@weir/contracts';
import type { ReportFormat, UsageReport } from '@weir/prisma';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiTokenAuthentication } from '../../api-tokens/authenticate.service.js';
import { Unauthenticated } from '../../platform/errors.js';
import { permissionsOf } from '../../platform/policy.js';
import { PrismaService } from '../../platform/prisma.service.js';
import { readTokenIn } from '../../platform/read-token.js';
import { SessionsService } from '../../sessions/sessions.service.js';
import { bytesOf } from '../file.js';
import { DOWNLOADS, stateOf } from '../to-type.js';
import { isKnown, isSame, wantedOf } from './range.js';
import { type DownloadRefusal, NO_REPORT, NOBODY, NOT_ALLOWED, refusalFor } from './refusal.js';

type Asked = FastifyRequest<{ Params: { id: string } }>;

const TYPES: Readonly<Record<ReportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  parquet: 'application/vnd.apache.parquet',
};

/** Hands out files of reports, whole or in part, no faster than they are taken. */
@Injectable()
export class DownloadRoutes implements OnModuleInit {
  readonly #logger = new Logger(DownloadRoutes.name);

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly prisma: PrismaService,
    private readonly sessions: SessionsService,
    private readonly tokens: ApiTokenAuthentication,
  ) {}

  onModuleInit(): void {
    // There is none where the rooms run without a server.
    const server = this.host.httpAdapter?.getInstance() as FastifyInstance | undefined;
    const handler = (request: Asked, reply: FastifyReply) => this.#answer(request, reply);
    server?.route<{ Params: { id: string } }>({ method: ['GET', 'HEAD'], url: `${DOWNLOADS}/:id/:fileName`, handler });
  }

  async #answer(request: Asked, reply: FastifyReply): Promise<FastifyReply> {
    const viewer = await this.#viewerOf(request);
    if (viewer === null) return refuse(reply, NOBODY);
    if (viewer instanceof Unauthenticated) return refuse(reply, { ...NOBODY, message: viewer.message });
    if (!permissionsOf(viewer).includes('usage.read')) return refuse(reply, NOT_ALLOWED);
    const { id } = request.params;
    const report = uuid.safeParse(id).success
      ? await this.prisma.usageReport.findFirst({ where: { id, projectId: viewer.projectId } })
      : null;
    if (!report) return refuse(reply, NO_REPORT);
    const refusal = refusalFor(stateOf(report, Date.now()));
    return refusal ? refuse(reply, refusal) : this.#send(request, reply, report);
  }

  /** As for GraphQL: a script that presents a token asks as that token, whatever cookie comes along. */
  #viewerOf({ headers }: Asked) {
    const token = readTokenIn(headers.authorization);
    return token === null ? this.sessions.viewerOf(headers.cookie) : this.tokens.viewerOf(token);
  }

  #send({ headers, method }: Asked, reply: FastifyReply, report: UsageReport): FastifyReply {
    const size = Number(report.bytes);
    const modified = report.readyAt ?? report.createdAt;
    const etag = `"${report.sha256}"`;
    reply.headers({
      etag,
      'last-modified': modified.toUTCString(),
      'accept-ranges': 'bytes',
      // Compressed on the way, a file has other bytes than its tag and its parts are said to have.
      'cache-control': 'private, no-cache, no-transform',
      vary: 'cookie, authorization',
    });
    if (isKnown(headers['if-none-match'], etag)) return reply.code(304).send();
    const wanted = isSame(headers['if-range']?.toString(), etag, modified)
      ? wantedOf(headers.range, size)
      : wantedOf(undefined, size);
    if (wanted.kind === 'unsatisfiable') {
      return reply.code(416).header('content-range', `bytes */${size}`).send();
    }
    const [first, end] = wanted.kind === 'part' ? [wanted.first, wanted.last + 1] : [0, size];
    reply.headers({
      'content-type': TYPES[report.format],
      'content-disposition': `attachment; filename="${report.fileName}"`,
      'content-length': String(end - first),
    });
    if (wanted.kind === 'part') reply.code(206).header('content-range', `bytes ${first}-${end - 1}/${size}`);
    if (method === 'HEAD') return reply.send();
    const body = Readable.from(bytesOf(this.prisma, report.id, first, end), { objectMode: false, highWaterMark: 1 });
    body.on('error', (error) => this.#logger.warn(`report ${report.id} is not sent to its end: ${error.message}`));
    return reply.send(body);
  }
}

function refuse(reply: FastifyReply, { status, code, message }: DownloadRefusal): FastifyReply {
  return reply.code(status).send({ errors: [{ message, extensions: { code, requestId: reply.request.id } }] });
}
