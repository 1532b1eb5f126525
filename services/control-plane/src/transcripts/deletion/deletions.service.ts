import { Injectable } from '@nestjs/common';
import { erasedTable, type ProxySpool, proxySpool, uuid } from '@weir/contracts';
import type { TranscriptDeletion } from '@weir/prisma';
import { z } from 'zod';
import { AuditService } from '../../platform/audit.service.js';
import { Conflict, InputError } from '../../platform/errors.js';
import { PrismaService } from '../../platform/prisma.service.js';
import type { Viewer } from '../../platform/viewer.js';
import type { DeleteTranscriptsInput, TranscriptDeletionPageType, TranscriptDeletionType } from './deletions.types.js';
import { scopeOf } from './scope.js';

const MAX_PAGE = 100;
/** Of one project, waiting for a worker or under way. */
const MAX_WAITING = 50;
const REASON_MAX_LENGTH = 1_000;

/** What people order to be deleted of recorded calls; a worker does it (deletion-work.service.ts). */
@Injectable()
export class TranscriptDeletionsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
  ) {}

  /** Newest first. @throws InputError `PAGE_SIZE_INVALID`, `CURSOR_INVALID` */
  async page({ projectId }: Viewer, first: number, after: string | null): Promise<TranscriptDeletionPageType> {
    if (first < 1 || first > MAX_PAGE) {
      throw new InputError('PAGE_SIZE_INVALID', `Ask for 1 to ${MAX_PAGE} deletions at once.`, 'first');
    }
    const rows = await this.prisma.transcriptDeletion.findMany({
      // Ids are ordered by the time they were made.
      where: { projectId, ...(after === null ? {} : { id: { lt: idOf(after) } }) },
      orderBy: { id: 'desc' },
      take: first + 1,
    });
    const nodes = rows.slice(0, first);
    const last = nodes.at(-1);
    return {
      nodes: nodes.map(toType),
      endCursor: last ? Buffer.from(last.id).toString('base64url') : null,
      hasNextPage: rows.length > first,
    };
  }

  /** null when the project has no such order. */
  async one({ projectId }: Viewer, id: string): Promise<TranscriptDeletionType | null> {
    const row = await this.prisma.transcriptDeletion.findFirst({ where: { id, projectId } });
    return row && toType(row);
  }

  /** @throws InputError naming the field, Conflict `TOO_MANY_WAITING` */
  async order(viewer: Viewer, input: DeleteTranscriptsInput): Promise<TranscriptDeletionType> {
    const { projectId } = viewer;
    const scope = scopeOf(input);
    const reason = reasonOf(input.reason);
    return this.prisma.$transaction(async (tx) => {
      const waiting = await tx.transcriptDeletion.count({ where: { projectId, state: 'WAITING' } });
      if (waiting >= MAX_WAITING) {
        throw new Conflict('TOO_MANY_WAITING', `${waiting} deletions wait to be carried out. Let some end first.`);
      }
      const row = await tx.transcriptDeletion.create({
        data: { projectId, orderedBy: viewer.email, reason, ...scope },
      });
      await this.audit.record(tx, viewer, 'transcript.delete', row.id, {
        ...scope,
        from: scope.from?.toISOString() ?? null,
        to: scope.to?.toISOString() ?? null,
        reason,
      });
      return toType(row);
    });
  }
}

function reasonOf(text: string): string {
  const reason = text.trim();
  if (reason !== '' && reason.length <= REASON_MAX_LENGTH) return reason;
  throw new InputError('REASON_INVALID', `Say why, in at most ${REASON_MAX_LENGTH} characters; it is kept.`, 'reason');
}

function idOf(cursor: string): string {
  const id = uuid.safeParse(Buffer.from(cursor, 'base64url').toString());
  if (id.success) return id.data;
  throw new InputError('CURSOR_INVALID', 'This page is not there any more. Start from the first one.', 'after');
}

function toType({ projectId: _, leaseId: _lease, leaseUntil: _until, tables, spools, ...row }: TranscriptDeletion) {
  return {
    ...row,
    tables: tables === null ? null : z.array(erasedTable).parse(tables),
    spools: spools === null ? null : z.array(proxySpool).parse(spools).map(toSpool),
  };
}

function toSpool({ waitsSince, seenAt, ...spool }: ProxySpool) {
  return { ...spool, waitsSince: waitsSince === null ? null : new Date(waitsSince), seenAt: new Date(seenAt) };
}
