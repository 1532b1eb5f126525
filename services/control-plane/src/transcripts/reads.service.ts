import { Injectable } from '@nestjs/common';
import type { Prisma } from '@weir/prisma';
import { AuditService } from '../platform/audit.service.js';
import { PrismaService } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';

/** Within it further reads of the same by the same person are one read: scrolling writes one row. */
const ONE_READ_MS = 10 * 60_000;

/** The trail of who read what was said. It is written before anything is shown. */
@Injectable()
export class TranscriptReads {
  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
  ) {}

  /** @param detail with a `question`, reads of the same subject by other questions are other reads */
  async record(
    viewer: Viewer,
    action: string,
    subject: string,
    detail: Prisma.InputJsonObject & { readonly question?: string },
  ): Promise<void> {
    const { projectId, accountId } = viewer;
    const createdAt = { gt: new Date(Date.now() - ONE_READ_MS) };
    const where: Prisma.AuditEntryWhereInput = { projectId, accountId, action, subject, createdAt };
    if (detail.question !== undefined) where.detail = { path: ['question'], equals: detail.question };
    if (await this.prisma.auditEntry.findFirst({ where, select: { id: true } })) return;
    await this.audit.record(this.prisma, viewer, action, subject, detail);
  }
}
