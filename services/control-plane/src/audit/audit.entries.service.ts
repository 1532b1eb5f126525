import { Injectable } from '@nestjs/common';
import { uuid } from '@weir/contracts';
import { InputError } from '../platform/errors.js';
import { PrismaService } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import type { AuditPageType } from './audit.types.js';

const MAX_PAGE = 200;

interface Position {
  readonly createdAt: Date;
  readonly id: string;
}

@Injectable()
export class AuditEntriesService {
  constructor(private readonly prisma: PrismaService) {}

  /** Newest first, by time and id: entries of the same millisecond are neither lost nor repeated between pages. */
  async page({ projectId }: Viewer, first: number, after: string | null): Promise<AuditPageType> {
    if (first < 1 || first > MAX_PAGE) {
      throw new InputError('PAGE_SIZE_INVALID', `Ask for 1 to ${MAX_PAGE} entries at once.`, 'first');
    }
    const rows = await this.prisma.auditEntry.findMany({
      where: { projectId, ...(after === null ? {} : before(decodeCursor(after))) },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      select: { id: true, actor: true, action: true, subject: true, createdAt: true },
      take: first + 1,
    });
    const nodes = rows.slice(0, first);
    const last = nodes.at(-1);
    return { nodes, endCursor: last ? encodeCursor(last) : null, hasNextPage: rows.length > first };
  }
}

function before({ createdAt, id }: Position) {
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] };
}

export function encodeCursor({ createdAt, id }: Position): string {
  return Buffer.from(`${createdAt.toISOString()}/${id}`).toString('base64url');
}

/** @throws InputError `CURSOR_INVALID` */
export function decodeCursor(cursor: string): Position {
  const [time = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split('/');
  const createdAt = new Date(time);
  if (Number.isNaN(createdAt.getTime()) || !uuid.safeParse(id).success) {
    throw new InputError('CURSOR_INVALID', 'This page is not there any more. Start from the first one.', 'after');
  }
  return { createdAt, id };
}
