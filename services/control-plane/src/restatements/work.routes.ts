import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DOOR, restatementFailure, restatementProgress, restatementResult } from '@weir/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ZodType } from 'zod';
import { InternalRoutes } from '../platform/internal-server.js';
import { RestatementWorkService } from './work.service.js';

/** Work on the ledger, as workers ask for it; the internal server has checked the door token already. */
@Injectable()
export class RestatementWorkRoutes implements OnModuleInit {
  constructor(
    private readonly routes: InternalRoutes,
    private readonly work: RestatementWorkService,
  ) {}

  onModuleInit(): void {
    this.routes.add('POST', DOOR.restatementClaim, async (_request, reply) => {
      const work = await this.work.claim();
      return work ? reply.send(work) : reply.code(204).send();
    });
    this.report(DOOR.restatementProgress, restatementProgress, (told) => this.work.progress(told));
    this.report(DOOR.restatementResult, restatementResult, (told) => this.work.finish(told));
    this.report(DOOR.restatementFailure, restatementFailure, (told) => this.work.fail(told));
  }

  private report<Told>(path: `/${string}`, shape: ZodType<Told>, take: (told: Told) => Promise<boolean>): void {
    this.routes.add('POST', path, async (request: FastifyRequest, reply: FastifyReply) => {
      const told = shape.safeParse(request.body);
      if (!told.success) return reply.code(400).send({ error: 'REPORT_INVALID' });
      const isWanted = await take(told.data);
      return isWanted ? reply.code(204).send() : reply.code(409).send({ error: 'LEASE_LOST' });
    });
  }
}
