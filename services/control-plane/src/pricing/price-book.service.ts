import { Injectable, Logger } from '@nestjs/common';
import {
  type CatalogEntry,
  catalogEntry,
  type ExchangeRate,
  exchangeRate,
  type PackedPriceBook,
  type PriceBook,
  type PriceOverride,
  type PriceVersion,
  packPriceBook,
  priceOverride,
  WeirError,
} from '@weir/contracts';
import {
  CATALOG_VENDORS,
  type CatalogDocument,
  hashOf,
  reviewCatalog,
  shippedCatalog,
  versionIdOf,
} from '@weir/pricing';
import type { ExchangeRate as ExchangeRateRow, PriceOverride as OverrideRow, Prisma } from '@weir/prisma';
import { z } from 'zod';
import { PrismaService, type Transaction } from '../platform/prisma.service.js';
import { nextChange } from './change-time.js';
import { usdPerUnitOf } from './exchange-rate-value.js';

const IMPORT_LIMIT_MS = { maxWait: 15_000, timeout: 30_000 };
const EPOCH = new Date(0);
/** A card that was cleared says nothing; that the ones before it ended is said by them. */
const WITH_RATES = { NOT: { rates: { equals: {} } } };
const entriesOf = z.array(catalogEntry);

type PackedVersions = Pick<PackedPriceBook, 'format' | 'pool' | 'versions'>;
export type PriceBookContent = Omit<PackedPriceBook, 'version'>;

/** `known`: it is stored already. `older`: what is in force was put together later. */
export interface Taken {
  readonly id: string;
  readonly state: 'accepted' | 'held' | 'known' | 'older';
  readonly notices: readonly string[];
}

/** The dated prices that calls are rated by. */
@Injectable()
export class PriceBookService {
  private readonly log = new Logger(PriceBookService.name);
  /** Versions never change once they are in force. */
  private readonly known = new Map<string, PriceVersion>();
  private pack: { readonly key: string; readonly content: PackedVersions } | null = null;
  private lists: { readonly key: string; readonly book: PriceBook } | null = null;
  /** Versions have nearly all of their entries in common; each is held once. */
  private readonly interned = new Map<string, CatalogEntry>();

  constructor(private readonly prisma: PrismaService) {}

  /**
   * Takes the catalog this build carries, once. It was reviewed when it was made, so it is never held back; but a build
   * that is older than what is in force changes nothing.
   */
  async importCatalog(): Promise<void> {
    await this.take(shippedCatalog(), () => []);
  }

  /**
   * Adds a catalog as a new price version. The first one counts from the beginning of time, later ones from now on, so
   * that no past call is priced anew. One that says the same as the one in force, or is older, is left alone; one that
   * changes more than is likely to be right is held until an admin accepts it.
   */
  async take(catalog: CatalogDocument, review = noticesOf): Promise<Taken> {
    const source = catalog.sources.map(({ name, version }) => `${name} ${version}`).join(', ');
    const id = versionIdOf(catalog);
    const contentHash = hashOf(catalog.entries);
    if (catalog.asOf > tomorrow()) {
      throw new WeirError('CATALOG_REJECTED', `the catalog is dated ${catalog.asOf}, which is in the future`);
    }
    return this.prisma.$transaction(async (tx) => {
      const knownFrom = await nextChange(tx);
      const inForce = await this.newest(tx);
      const isKnown = await tx.priceVersion.findFirst({
        // What was in force once may come back, which makes a version of its own.
        where: { OR: [{ id }, { contentHash, state: 'held' }, { contentHash, id: inForce?.id ?? '' }] },
        select: { id: true },
      });
      if (isKnown) {
        return { id, state: 'known', notices: [] };
      }
      if (inForce && dayOf(inForce) > catalog.asOf) return { id, state: 'older', notices: [] };
      const notices = inForce ? [...review(inForce.entries, catalog.entries)] : [];
      const state = notices.length > 0 ? 'held' : 'accepted';
      await tx.priceVersion.updateMany({ where: { state: 'held' }, data: { state: 'superseded' } });
      await tx.priceVersion.create({
        data: {
          ...{ id, source, sourceVersion: catalog.asOf, contentHash, state, notices },
          effectiveFrom: inForce ? knownFrom : EPOCH,
          knownFrom,
          entries: catalog.entries as Prisma.InputJsonArray,
          entryCount: catalog.entries.length,
        },
      });
      this.log.log(`price version ${id} with ${catalog.entries.length} entries is ${state}`);
      return { id, state, notices };
    }, IMPORT_LIMIT_MS);
  }

  /** The book as the database holds it now. */
  async read(tx: Transaction): Promise<PriceBookContent> {
    const versions = await this.packed(tx, await acceptedIn(tx));
    const overrides = await tx.priceOverride.findMany({ where: WITH_RATES, orderBy: { id: 'asc' } });
    const exchangeRates = await tx.exchangeRate.findMany({ orderBy: { id: 'asc' } });
    return {
      ...versions,
      vendors: CATALOG_VENDORS,
      overrides: overrides.map(toOverride),
      exchangeRates: exchangeRates.map(toExchangeRate),
    };
  }

  /** Published prices of all times, without anybody's own; the same object until a version is added. */
  async published(): Promise<PriceBook> {
    const ids = await acceptedIn(this.prisma);
    const key = ids.join('\n');
    if (this.lists?.key !== key) {
      const versions = await Promise.all(ids.map((id) => this.version(this.prisma, id)));
      const book = { format: 1, version: 1, vendors: CATALOG_VENDORS, versions } as const;
      this.lists = { key, book: { ...book, overrides: [], exchangeRates: [] } };
    }
    return this.lists.book;
  }

  /** The newest accepted price version; null before the first import. */
  versionInForce(): Promise<PriceVersion | null> {
    return this.newest(this.prisma);
  }

  /** Any version that ever was; null when there is none of that id. */
  async versionById(id: string): Promise<PriceVersion | null> {
    const isStored = await this.prisma.priceVersion.findUnique({ where: { id }, select: { id: true } });
    return isStored && this.version(this.prisma, id);
  }

  private async newest(tx: Pick<Transaction, 'priceVersion'>): Promise<PriceVersion | null> {
    const newest = await tx.priceVersion.findFirst({
      where: { state: 'accepted' },
      orderBy: [{ effectiveFrom: 'desc' }, { id: 'desc' }],
      select: { id: true },
    });
    return newest && this.version(tx, newest.id);
  }

  /** Packing takes longer than all the rest of a book and depends on nothing but which versions there are. */
  private async packed(tx: Transaction, ids: readonly string[]): Promise<PackedVersions> {
    const key = ids.join('\n');
    if (this.pack?.key !== key) {
      const versions: PriceVersion[] = [];
      for (const id of ids) versions.push(await this.version(tx, id));
      const {
        format,
        pool,
        versions: packed,
      } = packPriceBook({
        ...{ format: 1, vendors: {}, overrides: [], exchangeRates: [], versions },
      });
      this.pack = { key, content: { format, pool, versions: packed } };
    }
    return this.pack.content;
  }

  private async version(tx: Pick<Transaction, 'priceVersion'>, id: string): Promise<PriceVersion> {
    const known = this.known.get(id);
    if (known) return known;
    const { source, sourceVersion, effectiveFrom, knownFrom, entries } = await tx.priceVersion.findUniqueOrThrow({
      where: { id },
    });
    const shared = entriesOf.parse(entries).map((entry) => this.intern(entry));
    const version = {
      id,
      source,
      sourceVersion,
      effectiveFrom: effectiveFrom.getTime(),
      knownFrom: knownFrom.getTime(),
      entries: shared,
    };
    this.known.set(id, version);
    return version;
  }

  private intern(entry: CatalogEntry): CatalogEntry {
    const text = JSON.stringify(entry);
    const known = this.interned.get(text);
    if (known) return known;
    this.interned.set(text, entry);
    return entry;
  }
}

/** Oldest first. */
async function acceptedIn(tx: Pick<Transaction, 'priceVersion'>): Promise<string[]> {
  const rows = await tx.priceVersion.findMany({
    where: { state: 'accepted' },
    orderBy: [{ effectiveFrom: 'asc' }, { id: 'asc' }],
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

function toOverride({
  overrideId: id,
  validFrom,
  validUntil,
  knownFrom,
  knownUntil,
  ...row
}: OverrideRow): PriceOverride {
  return priceOverride.parse({
    ...{ ...row, id, from: validFrom.getTime(), until: validUntil?.getTime() ?? null },
    ...{ knownFrom: knownFrom.getTime(), knownUntil: knownUntil?.getTime() ?? null },
  });
}

function toExchangeRate({
  projectId,
  currency,
  validFrom,
  knownFrom,
  knownUntil,
  ...row
}: ExchangeRateRow): ExchangeRate {
  return exchangeRate.parse({
    ...{ projectId, currency, usdPerUnit: usdPerUnitOf(row), from: validFrom.getTime() },
    ...{ knownFrom: knownFrom.getTime(), knownUntil: knownUntil?.getTime() ?? null },
  });
}

function noticesOf(before: readonly CatalogEntry[], after: readonly CatalogEntry[]): readonly string[] {
  return reviewCatalog(before, after).notices;
}

/** Somewhere it is a day later already. */
function tomorrow(): string {
  return new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
}

/** The day a version was put together; those stored before catalogs had one count as older than any. */
function dayOf({ sourceVersion }: PriceVersion): string {
  return /^\d{4}-\d\d-\d\d$/.test(sourceVersion) ? sourceVersion : '';
}
