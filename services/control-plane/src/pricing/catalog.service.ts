import { Injectable } from '@nestjs/common';
import { providerType } from '@weir/contracts';
import { CATALOG_VENDORS } from '@weir/pricing';
import { InputError } from '../platform/errors.js';
import { listModels } from './catalog-models.js';
import { PriceBookService } from './price-book.service.js';
import type { CatalogModel } from './pricing.types.js';

const MAX_LISTED = 500;
/** The catalog changes with a release, not between two keystrokes. */
const KEPT_FOR_MS = 60_000;

@Injectable()
export class CatalogService {
  private entries: { readonly readAtMs: number; readonly found: ReturnType<PriceBookService['newestEntries']> } | null =
    null;

  constructor(private readonly priceBook: PriceBookService) {}

  /** @throws InputError */
  async models(type: string, search: string, first: number): Promise<CatalogModel[]> {
    if (!Number.isInteger(first) || first < 1 || first > MAX_LISTED) {
      throw new InputError('COUNT_INVALID', `Ask for 1 to ${MAX_LISTED} models at a time.`, 'first');
    }
    const parsed = providerType.safeParse(type);
    if (!parsed.success) throw new InputError('TYPE_UNKNOWN', 'There is no such provider type.', 'providerType');
    const entries = await this.newestEntries();
    return listModels(entries, CATALOG_VENDORS[parsed.data] ?? [], search, new Date(), first);
  }

  private newestEntries(): ReturnType<PriceBookService['newestEntries']> {
    if (this.entries && Date.now() - this.entries.readAtMs < KEPT_FOR_MS) return this.entries.found;
    const found = this.priceBook.newestEntries();
    this.entries = { readAtMs: Date.now(), found };
    found.catch(() => {
      this.entries = null;
    });
    return found;
  }
}
