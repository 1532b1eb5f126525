import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { parseCatalog } from '@weir/pricing';
import { CONFIG, type Config } from '../../platform/config.js';
import { Publisher } from '../../publishing/publisher.service.js';
import { PriceBookService, type Taken } from '../price-book.service.js';
import { downloadCatalog } from './download.js';

/** A process that is started often enough would otherwise never get to it. */
const FIRST_AFTER_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Takes over newer price catalogs as they come out. Off where no address is configured. */
@Injectable()
export class CatalogRefresh implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(CatalogRefresh.name);
  private timer: NodeJS.Timeout | null = null;
  private isStopped = false;

  constructor(
    private readonly priceBook: PriceBookService,
    private readonly publisher: Publisher,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.catalogUrl !== null) this.in(FIRST_AFTER_MS);
  }

  onModuleDestroy(): void {
    this.isStopped = true;
    if (this.timer) clearTimeout(this.timer);
  }

  /**
   * Fetches the catalog and takes it over, for calls that begin from now on. Several replicas may do it at once: one of
   * them stores it, the others find it stored.
   * @throws WeirError `CATALOG_UNREACHABLE`, `CATALOG_REJECTED`; what is in force stays
   */
  async refresh(address: string): Promise<Taken> {
    const catalog = parseCatalog(await downloadCatalog(address, this.config.allowedHosts));
    const taken = await this.priceBook.take(catalog);
    if (taken.state === 'accepted') await this.publisher.publishPriceBook();
    if (taken.state === 'held') {
      this.log.warn(`price version ${taken.id} waits for an admin: ${taken.notices.join(' ')}`);
    }
    return taken;
  }

  private in(delayMs: number): void {
    if (this.isStopped) return;
    // Spread, so that replicas do not ask all at once.
    this.timer = setTimeout(() => void this.run(), delayMs * (0.5 + Math.random())).unref();
  }

  private async run(): Promise<void> {
    try {
      await this.refresh(this.config.catalogUrl as string);
    } catch (error) {
      this.log.warn(`prices stay as they are: ${(error as Error).message}`);
    }
    this.in(this.config.catalogRefreshHours * HOUR_MS);
  }
}
