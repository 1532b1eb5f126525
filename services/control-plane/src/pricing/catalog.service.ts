import { Injectable } from '@nestjs/common';
import { type PriceVersion, providerType } from '@weir/contracts';
import { CATALOG_VENDORS, type Catalog, openCatalog } from '@weir/pricing';
import { InputError } from '../platform/errors.js';
import { isOffered, listModels } from './catalog-models.js';
import { PriceBookService } from './price-book.service.js';
import type { CatalogModel } from './pricing.types.js';

const MAX_LISTED = 500;

export interface CatalogQuestion {
  readonly search: string;
  readonly capability: string | null;
  readonly first: number;
  /** Id of the last model of the page before; null = from the first. */
  readonly after: string | null;
}

interface InForce {
  readonly version: PriceVersion;
  readonly catalog: Catalog;
}

/** The published prices in force now. */
@Injectable()
export class CatalogService {
  private opened: InForce | null = null;

  constructor(private readonly priceBook: PriceBookService) {}

  /** @throws InputError */
  async models(type: string, { first, ...question }: CatalogQuestion): Promise<CatalogModel[]> {
    if (!Number.isInteger(first) || first < 1 || first > MAX_LISTED) {
      throw new InputError('COUNT_INVALID', `Ask for 1 to ${MAX_LISTED} models at a time.`, 'first');
    }
    const parsed = providerType.safeParse(type);
    if (!parsed.success) throw new InputError('TYPE_UNKNOWN', 'There is no such provider type.', 'type');
    const { version } = (await this.inForce()) ?? { version: { entries: [] } };
    const vendors = CATALOG_VENDORS[parsed.data] ?? [];
    const entries = version.entries.filter((entry) => isOffered(parsed.data, entry));
    return listModels(entries, { ...question, vendors, first, at: new Date() });
  }

  /** null before the first import. A version never changes, so it is opened once. */
  async inForce(): Promise<InForce | null> {
    const version = await this.priceBook.versionInForce();
    if (version === null) return null;
    if (this.opened?.version.id !== version.id) {
      this.opened = { version, catalog: openCatalog(version, CATALOG_VENDORS) };
    }
    return this.opened;
  }
}
