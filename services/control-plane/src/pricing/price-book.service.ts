import { Injectable, Logger } from '@nestjs/common';
import { catalogEntry, type PriceBook, type PriceVersion, priceOverride } from '@weir/contracts';
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
  /** Versions never change once they are in force. */
  private readonly known = new Map<string, PriceVersion>();

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
      const source = { id, source: SOURCE, sourceVersion: SOURCE_VERSION, entryCount: entries.length };
      const effectiveFrom = isFirst ? EPOCH : new Date();
      await tx.priceVersion.create({ data: { ...source, effectiveFrom, entries: entries as Prisma.InputJsonArray } });
      this.log.log(`price version ${id} with ${entries.length} entries is in force`);
    }, IMPORT_LIMIT_MS);
  }

  /** The book as the database holds it now. */
  async read(tx: Transaction): Promise<PriceBookContent> {
    const rows = await tx.priceVersion.findMany({
      where: { state: 'accepted' },
      orderBy: [{ effectiveFrom: 'asc' }, { id: 'asc' }],
      select: { id: true },
    });
    const versions: PriceVersion[] = [];
    for (const { id } of rows) versions.push(await this.version(tx, id));
    const overrides = await tx.priceOverride.findMany({ orderBy: { id: 'asc' } });
    return {
      format: 1,
      vendors: CATALOG_VENDORS,
      versions,
      overrides: overrides.map(({ id, projectId, provider, model, rates, validFrom, validUntil }) =>
        priceOverride.parse({
          ...{ id, projectId, provider, model, rates },
          from: validFrom.getTime(),
          until: validUntil?.getTime() ?? null,
        }),
      ),
    };
  }

  /** The newest accepted price version; null before the first import. */
  async versionInForce(): Promise<PriceVersion | null> {
    const newest = await this.prisma.priceVersion.findFirst({
      where: { state: 'accepted' },
      orderBy: [{ effectiveFrom: 'desc' }, { id: 'desc' }],
      select: { id: true },
    });
    return newest && this.version(this.prisma, newest.id);
  }

  private async version(tx: Pick<Transaction, 'priceVersion'>, id: string): Promise<PriceVersion> {
    const known = this.known.get(id);
    if (known) return known;
    const { source, sourceVersion, effectiveFrom, entries } = await tx.priceVersion.findUniqueOrThrow({
      where: { id },
    });
    const version = {
      id,
      source,
      sourceVersion,
      effectiveFrom: effectiveFrom.getTime(),
      entries: entriesOf.parse(entries),
    };
    this.known.set(id, version);
    return version;
  }
}
