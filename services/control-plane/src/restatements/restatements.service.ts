import { Injectable } from '@nestjs/common';
import { newId } from '@weir/contracts';
import { Prisma, type Restatement } from '@weir/prisma';
import { lockLedger, refuseClosed } from '../months/closed.js';
import { AuditService } from '../platform/audit.service.js';
import { Conflict, InputError, NotFound } from '../platform/errors.js';
import { PrismaService, type Transaction } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import { newestChange } from '../pricing/change-time.js';
import { parseFilter } from './filter.js';
import { parseRange } from './range.js';
import { parseReason } from './reason.js';
import type { PreviewRestatementInput } from './restatements.inputs.js';
import type { RestatementPageType, RestatementType } from './restatements.types.js';
import { SHOWN, toRestatement } from './to-type.js';

const MAX_PAGE = 100;
/** Of one project, waiting for a worker or under way. */
const MAX_WAITING = 20;
const CHANGE_LIMIT_MS = { maxWait: 15_000, timeout: 15_000 };

/** What people order of the ledger. The figures themselves are made by a worker (work.service.ts). */
@Injectable()
export class RestatementsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
  ) {}

  /** Newest first. @throws InputError `PAGE_SIZE_INVALID`, `CURSOR_INVALID` */
  async page({ projectId }: Viewer, first: number, after: string | null): Promise<RestatementPageType> {
    if (first < 1 || first > MAX_PAGE) {
      throw new InputError('PAGE_SIZE_INVALID', `Ask for 1 to ${MAX_PAGE} restatements at once.`, 'first');
    }
    const rows = await this.prisma.restatement.findMany({
      where: { projectId, ...(after === null ? {} : { number: { lt: numberOf(after) } }) },
      orderBy: { number: 'desc' },
      include: SHOWN,
      take: first + 1,
    });
    const nodes = rows.slice(0, first);
    const last = nodes.at(-1);
    return {
      nodes: nodes.map(toRestatement),
      endCursor: last ? Buffer.from(String(last.number)).toString('base64url') : null,
      hasNextPage: rows.length > first,
    };
  }

  /** null when the project has no such restatement. */
  async one({ projectId }: Viewer, id: string): Promise<RestatementType | null> {
    const row = await this.prisma.restatement.findFirst({ where: { id, projectId }, include: SHOWN });
    return row && toRestatement(row);
  }

  /**
   * Orders a preview; nothing is booked. Prices are those of the newest change there is, whatever is set until the booking.
   * @throws InputError naming the field, Conflict `MONTH_CLOSED`, `TOO_MANY_WAITING`
   */
  async preview(viewer: Viewer, input: PreviewRestatementInput): Promise<RestatementType> {
    const nowMs = Date.now();
    const range = parseRange(input.from, input.to, nowMs);
    const filter = parseFilter(input.filter);
    const reason = parseReason(input.reason);
    return this.change(viewer, async (tx) => {
      const knownAt = new Date(await newestChange(tx));
      return this.create(tx, viewer, { ...range, kind: 'RERATE', filter, reason, knownAt });
    });
  }

  /**
   * Orders a preview of taking a booked restatement back.
   * @throws NotFound; Conflict `NOT_BOOKED`, `REVERSED_ALREADY`, `MONTH_CLOSED`, `TOO_MANY_WAITING`; InputError
   */
  async reverse(viewer: Viewer, id: string, text: string): Promise<RestatementType> {
    const reason = parseReason(text);
    return this.change(viewer, async (tx) => {
      const row = await tx.restatement.findFirst({ where: { id, projectId: viewer.projectId }, include: SHOWN });
      if (!row) throw new NotFound('There is no such restatement.');
      if (row.state !== 'BOOKED') {
        throw new Conflict('NOT_BOOKED', `Restatement ${row.number} is not booked, so there is nothing to take back.`);
      }
      const [reversal] = row.reversals;
      if (reversal) {
        const message = `Restatement ${row.number} is taken back by restatement ${reversal.number} already.`;
        throw new Conflict('REVERSED_ALREADY', message);
      }
      const { from, to, filter, knownAt } = row;
      return this.create(tx, viewer, {
        ...{ from, to, knownAt, reason, kind: 'REVERSAL', reversesId: id },
        filter: filter as Prisma.InputJsonObject,
      });
    });
  }

  /**
   * Orders the booking of what was previewed. Ordering it again changes nothing; after a failure it goes on where it
   * stopped. @throws NotFound; Conflict `NOT_PREVIEWED`, `CANCELLED`, `MONTH_CLOSED`
   */
  async book(viewer: Viewer, id: string): Promise<RestatementType> {
    return this.change(viewer, async (tx) => {
      const row = await find(tx, viewer, id);
      if (row.state === 'BOOKING' || row.state === 'BOOKED') return row;
      if (row.state === 'CANCELLED') throw new Conflict('CANCELLED', `Restatement ${row.number} was cancelled.`);
      const isResumed = row.state === 'FAILED' && row.bookedBy !== null;
      if (row.state !== 'READY' && !isResumed) {
        throw new Conflict('NOT_PREVIEWED', `Restatement ${row.number} has no preview to book yet.`);
      }
      await refuseClosed(tx, row.projectId, row.from.getTime(), row.to.getTime());
      await this.audit.record(tx, viewer, 'restatement.book', String(row.number), { id, reason: row.reason });
      return tx.restatement.update({
        where: { id },
        data: {
          ...{ state: 'BOOKING', problem: null, attempts: 0, queuedAt: new Date() },
          ...(isResumed ? {} : { bookedBy: viewer.email, done: 0, checkpoint: Prisma.DbNull }),
        },
      });
    });
  }

  /** Once a booking is ordered it runs to its end. @throws NotFound; Conflict `BOOKING_IN_FLIGHT`, `NOT_WAITING` */
  async cancel(viewer: Viewer, id: string): Promise<RestatementType> {
    return this.change(viewer, async (tx) => {
      const row = await find(tx, viewer, id);
      if (row.state === 'CANCELLED') return row;
      if (row.state === 'BOOKING' || (row.state === 'FAILED' && row.bookedBy !== null)) {
        const message = `Restatement ${row.number} is being booked. Let it end, then reverse it.`;
        throw new Conflict('BOOKING_IN_FLIGHT', message);
      }
      if (row.state !== 'PREVIEWING' && row.state !== 'READY') {
        throw new Conflict('NOT_WAITING', `Restatement ${row.number} is over; there is nothing to cancel.`);
      }
      await this.audit.record(tx, viewer, 'restatement.cancel', String(row.number), { id });
      return tx.restatement.update({ where: { id }, data: { state: 'CANCELLED', leaseId: null, leaseUntil: null } });
    });
  }

  private async create(
    tx: Transaction,
    viewer: Viewer,
    order: Pick<Prisma.RestatementUncheckedCreateInput, 'kind' | 'filter' | 'reason' | 'reversesId'> &
      Pick<Restatement, 'from' | 'to' | 'knownAt'>,
  ): Promise<Restatement> {
    const { projectId } = viewer;
    await refuseClosed(tx, projectId, order.from.getTime(), order.to.getTime());
    const waiting = await tx.restatement.count({ where: { projectId, state: { in: ['PREVIEWING', 'BOOKING'] } } });
    if (waiting >= MAX_WAITING) {
      const message = `${waiting} restatements wait to be worked on. Let some end, or cancel what is not needed.`;
      throw new Conflict('TOO_MANY_WAITING', message);
    }
    const newest = await tx.restatement.aggregate({ where: { projectId }, _max: { number: true } });
    const number = (newest._max.number ?? 0) + 1;
    const row = await tx.restatement.create({
      data: { id: newId(), projectId, number, requestedBy: viewer.email, ...order },
    });
    const verb = order.kind === 'REVERSAL' ? 'reverse' : 'preview';
    await this.audit.record(tx, viewer, `restatement.${verb}`, String(number), {
      id: row.id,
      reason: order.reason,
      from: order.from.toISOString(),
      to: order.to.toISOString(),
      filter: order.filter as Prisma.InputJsonObject,
      ...(order.reversesId ? { reverses: order.reversesId } : {}),
    });
    return row;
  }

  /** Changes of one project's ledger happen one after the other, so what `work` has checked holds when it writes. */
  private change(viewer: Viewer, work: (tx: Transaction) => Promise<Restatement>): Promise<RestatementType> {
    return this.prisma.$transaction(async (tx) => {
      await lockLedger(tx, viewer.projectId);
      const { id } = await work(tx);
      return toRestatement(await tx.restatement.findUniqueOrThrow({ where: { id }, include: SHOWN }));
    }, CHANGE_LIMIT_MS);
  }
}

async function find(tx: Transaction, { projectId }: Viewer, id: string): Promise<Restatement> {
  const row = await tx.restatement.findFirst({ where: { id, projectId } });
  if (!row) throw new NotFound('There is no such restatement.');
  return row;
}

/** @throws InputError `CURSOR_INVALID` */
function numberOf(cursor: string): number {
  const number = Number(Buffer.from(cursor, 'base64url').toString());
  if (!Number.isInteger(number) || number < 1 || number > 2_147_483_647) {
    throw new InputError('CURSOR_INVALID', 'This page is not there any more. Start from the first one.', 'after');
  }
  return number;
}
