import { Injectable } from '@nestjs/common';
import {
  newId,
  type TranscriptDeletionFailure,
  type TranscriptDeletionProgress,
  type TranscriptDeletionResult,
  type TranscriptDeletionWork,
} from '@weir/contracts';
import type { Prisma, TranscriptDeletion } from '@weir/prisma';
import { AuditService } from '../../platform/audit.service.js';
import { PrismaService } from '../../platform/prisma.service.js';
import { proxySpools } from './spools.js';

/** A worker that is silent for this long is taken to be gone, and its work up by another. */
const LEASE_SECONDS = 10;

interface Ending {
  readonly data: Prisma.TranscriptDeletionUpdateInput;
  readonly detail: Prisma.InputJsonObject;
}

/** Hands orders to delete to workers, the oldest first, and keeps what they report. */
@Injectable()
export class TranscriptDeletionWorkService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
  ) {}

  /** null = nothing waits that nobody holds. */
  async claim(): Promise<TranscriptDeletionWork | null> {
    const [taken] = await this.prisma.$queryRaw<{ id: string }[]>`
      UPDATE "TranscriptDeletion" SET "leaseId" = ${newId()}::uuid,
        "leaseUntil" = now() + make_interval(secs => ${LEASE_SECONDS})
      WHERE "id" = (
        SELECT "id" FROM "TranscriptDeletion" WHERE "state" = 'WAITING' AND ("leaseUntil" IS NULL OR "leaseUntil" < now())
        ORDER BY "orderedAt", "id" LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING "id"`;
    return taken ? toWork(await this.prisma.transcriptDeletion.findUniqueOrThrow({ where: { id: taken.id } })) : null;
  }

  /** @returns false when the lease is lost; so do the next two */
  async progress({ id, lease }: TranscriptDeletionProgress): Promise<boolean> {
    const moved = await this.prisma.$executeRaw`
      UPDATE "TranscriptDeletion" SET "leaseUntil" = now() + make_interval(secs => ${LEASE_SECONDS})
      WHERE "id" = ${id}::uuid AND "leaseId" = ${lease}::uuid AND "state" = 'WAITING'`;
    return moved === 1;
  }

  finish({ id, lease, tables, bytesGoneAt: at }: TranscriptDeletionResult): Promise<boolean> {
    const doneAt = new Date();
    const bytesGoneAt = at === null ? null : new Date(at);
    return this.end(id, lease, 'transcript.deleted', async (tx) => {
      const spools = await proxySpools(tx);
      return { data: { state: 'DONE', tables, spools, doneAt, bytesGoneAt }, detail: { tables, spools } };
    });
  }

  fail({ id, lease, problem }: TranscriptDeletionFailure): Promise<boolean> {
    return this.end(id, lease, 'transcript.delete_failed', () =>
      Promise.resolve({ data: { state: 'FAILED', problem }, detail: { problem } }),
    );
  }

  private end(
    id: string,
    lease: string,
    action: string,
    ending: (tx: Prisma.TransactionClient) => Promise<Ending>,
  ): Promise<boolean> {
    return this.prisma.$transaction(async (tx) => {
      const { data, detail } = await ending(tx);
      const { count } = await tx.transcriptDeletion.updateMany({
        where: { id, leaseId: lease, state: 'WAITING' },
        data: { ...data, leaseId: null, leaseUntil: null },
      });
      if (count === 0) return false;
      const { orderedBy, projectId } = await tx.transcriptDeletion.findUniqueOrThrow({ where: { id } });
      await this.audit.record(tx, { email: orderedBy, projectId, accountId: null }, action, id, detail);
      return true;
    });
  }
}

function toWork(row: TranscriptDeletion): TranscriptDeletionWork {
  const { id, projectId, conversationId, appId, user, providerId } = row;
  return {
    ...{ id, projectId, conversationId, appId, user, providerId, lease: row.leaseId ?? '' },
    orderedAt: row.orderedAt.getTime(),
    from: row.from?.getTime() ?? null,
    to: row.to?.getTime() ?? null,
  };
}
