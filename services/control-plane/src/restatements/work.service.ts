import { Injectable } from '@nestjs/common';
import {
  newId,
  type RestatementFailure,
  type RestatementProgress,
  type RestatementResult,
  type RestatementWork,
  restatementCheckpoint,
  restatementFilter,
} from '@weir/contracts';
import { Prisma, type Restatement } from '@weir/prisma';
import { AuditService } from '../platform/audit.service.js';
import { PrismaService, type Transaction } from '../platform/prisma.service.js';
import { Publisher } from '../publishing/publisher.service.js';

/** A worker that is silent for this long is taken to be gone, and its work up by another. */
const LEASE_SECONDS = 10;
/** Taken up this often without getting anywhere: what is wrong will not pass by itself. */
const MAX_ATTEMPTS = 20;
/** Any constant will do, as long as nothing else in this database takes the same advisory lock. */
const CLAIM_LOCK = 0x57_45_49_53;
const ACTIVE = ['PREVIEWING', 'BOOKING'] as const;

/** Hands previews and bookings to workers, one at a time in each project, and keeps what they report. */
@Injectable()
export class RestatementWorkService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly publisher: Publisher,
    private readonly audit: AuditService,
  ) {}

  /** The longest waiting piece of work that nobody holds; null = there is none. */
  async claim(): Promise<RestatementWork | null> {
    if (!(await longestWaiting(this.prisma))) return null;
    // Whatever was set before the work was ordered is in the book that the worker waits for.
    await this.publisher.publishPriceBook();
    const { priceBookVersion } = this.publisher.notice();
    const row = await this.prisma.$transaction((tx) => this.take(tx));
    return row && toWork(row, priceBookVersion, row.reversesId === null ? {} : await this.undoneIn(row));
  }

  /** Reversals that were booked, or begun, among the calls of a piece of work. */
  private async undoneIn({ projectId, from, to }: Restatement): Promise<Record<string, string>> {
    const rows = await this.prisma.restatement.findMany({
      where: { projectId, reversesId: { not: null }, bookedBy: { not: null }, from: { lt: to }, to: { gt: from } },
      select: { id: true, reversesId: true },
    });
    return Object.fromEntries(rows.flatMap(({ id, reversesId }) => (reversesId === null ? [] : [[id, reversesId]])));
  }

  /** @returns false when the lease is lost or the work is no longer wanted */
  async progress({ id, lease, done, total, checkpoint }: RestatementProgress): Promise<boolean> {
    const kept = checkpoint === null ? null : JSON.stringify(checkpoint);
    const moved = await this.prisma.$executeRaw`
      UPDATE "Restatement" SET
        "attempts" = CASE WHEN "done" < ${BigInt(done)} THEN 0 ELSE "attempts" END,
        "done" = ${BigInt(done)}, "total" = ${total === null ? null : BigInt(total)}::bigint, "checkpoint" = ${kept}::jsonb,
        "leaseUntil" = now() + make_interval(secs => ${LEASE_SECONDS})
      WHERE "id" = ${id}::uuid AND "leaseId" = ${lease}::uuid AND "state" IN ('PREVIEWING', 'BOOKING')`;
    return moved === 1;
  }

  /** The preview is there, or the booking is done. @returns as `progress` */
  finish({ id, lease, difference }: RestatementResult): Promise<boolean> {
    const { eventsSeen, eventsChanged, newlyPriced, newlyUnpriced, before, after } = difference;
    return this.end(id, lease, (row) => ({
      data:
        row.state === 'BOOKING'
          ? { state: 'BOOKED', booked: difference, bookedAt: new Date() }
          : { state: 'READY', preview: difference },
      action: row.state === 'BOOKING' ? 'restatement.booked' : null,
      detail: {
        eventsSeen,
        eventsChanged,
        newlyPriced,
        newlyUnpriced,
        before,
        after,
        difference: difference.difference,
      },
    }));
  }

  /** @returns as `progress` */
  fail({ id, lease, problem }: RestatementFailure): Promise<boolean> {
    return this.end(id, lease, () => ({
      data: { state: 'FAILED', problem },
      action: 'restatement.fail',
      detail: { problem },
    }));
  }

  private async take(tx: Transaction): Promise<Restatement | null> {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${CLAIM_LOCK})`;
    const next = await longestWaiting(tx);
    if (!next) return null;
    if (next.attempts >= MAX_ATTEMPTS) {
      const problem = `Taken up ${MAX_ATTEMPTS} times without getting anywhere. See the log of the usage worker.`;
      await this.record(tx, next.id, {
        data: { state: 'FAILED', problem },
        action: 'restatement.fail',
        detail: { problem },
      });
      return null;
    }
    const taken = await tx.$executeRaw`
      UPDATE "Restatement" SET "leaseId" = ${newId()}::uuid, "attempts" = "attempts" + 1,
        "leaseUntil" = now() + make_interval(secs => ${LEASE_SECONDS})
      WHERE "id" = ${next.id}::uuid AND "state" IN ('PREVIEWING', 'BOOKING')`;
    if (taken === 0) return null;
    return tx.restatement.findUniqueOrThrow({ where: { id: next.id } });
  }

  private end(id: string, lease: string, ending: (row: Restatement) => Ending): Promise<boolean> {
    return this.prisma.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT "id" FROM "Restatement" WHERE "id" = ${id}::uuid FOR NO KEY UPDATE`;
      const row = await tx.restatement.findFirst({ where: { id, leaseId: lease, state: { in: [...ACTIVE] } } });
      if (!row) return false;
      await this.record(tx, id, ending(row));
      return true;
    });
  }

  private async record(tx: Transaction, id: string, { data, action, detail }: Ending): Promise<void> {
    // What failed halfway goes on from its checkpoint once somebody orders so.
    const over = data.state === 'FAILED' ? {} : { checkpoint: Prisma.DbNull };
    const row = await tx.restatement.update({
      where: { id },
      data: { ...data, ...over, leaseId: null, leaseUntil: null, attempts: 0 },
    });
    if (action === null) return;
    const actor = { email: row.bookedBy ?? row.requestedBy, projectId: row.projectId, accountId: null };
    await this.audit.record(tx, actor, action, String(row.number), { id, ...detail });
  }
}

/** Of the projects in which nothing is held. */
async function longestWaiting(
  client: Pick<Transaction, '$queryRaw'>,
): Promise<{ readonly id: string; readonly attempts: number } | undefined> {
  const [next] = await client.$queryRaw<{ id: string; attempts: number }[]>`
    SELECT waiting."id", waiting."attempts" FROM "Restatement" AS waiting
    WHERE waiting."state" IN ('PREVIEWING', 'BOOKING') AND NOT EXISTS (
      SELECT 1 FROM "Restatement" AS held
      WHERE held."projectId" = waiting."projectId" AND held."state" IN ('PREVIEWING', 'BOOKING') AND held."leaseUntil" > now())
    ORDER BY waiting."queuedAt", waiting."id" LIMIT 1`;
  return next;
}

interface Ending {
  readonly data: Prisma.RestatementUpdateInput;
  /** null = not worth an entry. */
  readonly action: string | null;
  readonly detail: Prisma.InputJsonObject;
}

function toWork(row: Restatement, priceBookVersion: number, undone: RestatementWork['undone']): RestatementWork {
  return {
    id: row.id,
    lease: row.leaseId ?? '',
    phase: row.state === 'BOOKING' ? 'booking' : 'preview',
    projectId: row.projectId,
    from: row.from.getTime(),
    to: row.to.getTime(),
    filter: restatementFilter.parse(row.filter),
    knownAt: row.knownAt.getTime(),
    priceBookVersion,
    reverses: row.reversesId,
    undone,
    checkpoint: row.checkpoint === null ? null : restatementCheckpoint.parse(row.checkpoint),
  };
}
