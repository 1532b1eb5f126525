import { Injectable } from '@nestjs/common';
import type { Prisma } from '@weir/prisma';
import { AuditService } from '../platform/audit.service.js';
import { Conflict, NotFound } from '../platform/errors.js';
import { PrismaService } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import { Configuration } from '../publishing/configuration.service.js';
import { nextChange } from './change-time.js';
import type { PriceVersionType } from './versions.types.js';

const MAX_LISTED = 200;
const WITHOUT_ENTRIES = { entries: true } as const;
type Row = Prisma.PriceVersionGetPayload<{ omit: typeof WITHOUT_ENTRIES }>;

/** The price versions of the installation, and the say of an admin over those that are held. */
@Injectable()
export class VersionsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly configuration: Configuration,
    private readonly audit: AuditService,
  ) {}

  async list(): Promise<PriceVersionType[]> {
    const rows = await this.prisma.priceVersion.findMany({
      omit: WITHOUT_ENTRIES,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: MAX_LISTED,
    });
    const inForce = rows
      .filter(({ state }) => state === 'accepted')
      .reduce<Row | null>((newest, row) => (newest && newest.effectiveFrom >= row.effectiveFrom ? newest : row), null);
    return rows.map((row) => toPriceVersion(row, row.id === inForce?.id));
  }

  /** @throws NotFound, Conflict `NOT_HELD` */
  async accept(viewer: Viewer, id: string): Promise<PriceVersionType> {
    return this.configuration.changePrices(viewer.projectId, async (tx) => {
      const row = await tx.priceVersion.findUnique({ where: { id }, omit: WITHOUT_ENTRIES });
      if (!row) throw new NotFound('There is no such price version.');
      const knownFrom = await nextChange(tx);
      const accepted = { state: 'accepted', effectiveFrom: knownFrom, knownFrom, acceptedBy: viewer.email };
      const { count } = await tx.priceVersion.updateMany({ where: { id, state: 'held' }, data: accepted });
      if (count === 0) throw new Conflict('NOT_HELD', 'This price version does not wait to be accepted.');
      await this.audit.record(tx, viewer, 'price_version.accept', id, { notices: row.notices });
      return toPriceVersion({ ...row, ...accepted }, true);
    });
  }
}

function toPriceVersion(row: Row, isInForce: boolean): PriceVersionType {
  const isAccepted = row.state === 'accepted';
  return {
    id: row.id,
    source: row.source,
    date: row.createdAt,
    entries: row.entryCount,
    effectiveFrom: isAccepted ? row.effectiveFrom : null,
    state: isAccepted ? (isInForce ? 'in_force' : 'past') : row.state,
    notices: row.notices,
    acceptedBy: row.acceptedBy,
  };
}
