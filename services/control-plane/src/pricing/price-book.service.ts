import { Injectable, Logger } from '@nestjs/common';
import { type CatalogEntry, catalogEntry, type PriceBook, priceOverride } from '@weir/contracts';
import { CATALOG_VENDORS, importCatalog, SOURCE, SOURCE_VERSION } from '@weir/pricing';
import type { Prisma } from '@weir/prisma';
import { z } from 'zod';
import { PrismaService, type Transaction } from '../platform/prisma.service.js';

/** Any constant will do, as long as nothing else in this database takes the same advisory lock. */
const IMPORT_LOCK = 0x50_52_49_43;
const IMPORT_LIMIT_MS = { maxWait: 15_000, timeout: 30_000 };
const EPOCH = new Date(0);
const entriesOf = z.array(catalogEntry);

export type PriceBookContent = Omit<PriceBook, 'version'>;

/** The dated prices that calls are rated by. */
@Injectable()
export class PriceBookService {
  private readonly log = new Logger(PriceBookService.name);

  constructor(private readonly prisma: PrismaService) {}

  /**
   * Adds the catalog this build carries as a new price version, unless it is known already. The first version counts
   * from the beginning of time; later ones from now on, so that no past call is priced anew.
   */
  async importCatalog(): Promise<void> {
    await this.prisma.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${IMPORT_LOCK})`;
      const id = `${SOURCE}@${SOURCE_VERSION}`;
      if (await tx.priceVersion.findUnique({ where: { id }, select: { id: true } })) return;
      const isFirst = (await tx.priceVersion.count()) === 0;
      const entries = importCatalog();
      const source = { id, source: SOURCE, sourceVersion: SOURCE_VERSION };
      const effectiveFrom = isFirst ? EPOCH : new Date();
      await tx.priceVersion.create({ data: { ...source, effectiveFrom, entries: entries as Prisma.InputJsonArray } });
      this.log.log(`price version ${id} with ${entries.length} entries is in force`);
    }, IMPORT_LIMIT_MS);
  }

  /** The book as the database holds it now. */
  async read(tx: Transaction): Promise<PriceBookContent> {
    const versions = await tx.priceVersion.findMany({ orderBy: [{ effectiveFrom: 'asc' }, { id: 'asc' }] });
    const overrides = await tx.priceOverride.findMany({ orderBy: { id: 'asc' } });
    return {
      format: 1,
      vendors: CATALOG_VENDORS,
      versions: versions.map(({ id, source, sourceVersion, effectiveFrom, entries }) => ({
        ...{ id, source, sourceVersion },
        effectiveFrom: effectiveFrom.getTime(),
        entries: entriesOf.parse(entries),
      })),
      overrides: overrides.map(({ id, projectId, provider, model, rates, validFrom, validUntil }) =>
        priceOverride.parse({
          ...{ id, projectId, provider, model, rates },
          from: validFrom.getTime(),
          until: validUntil?.getTime() ?? null,
        }),
      ),
    };
  }

  /** Entries of the newest price version; empty before the first import. */
  async newestEntries(): Promise<CatalogEntry[]> {
    const orderBy = { effectiveFrom: 'desc' } as const;
    const newest = await this.prisma.priceVersion.findFirst({ orderBy, select: { entries: true } });
    return newest ? entriesOf.parse(newest.entries) : [];
  }
}
