import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { DoorNotice } from '@weir/contracts';
import { CONFIG, type Config } from '../platform/config.js';
import { PrismaService, type Transaction } from '../platform/prisma.service.js';
import { PriceBookService } from '../pricing/price-book.service.js';
import { coalesce } from './coalesce.js';
import { type PublicationKind, publishIfChanged } from './publication.js';
import { readSnapshotContent, type SnapshotContent } from './snapshot-content.js';

/** Repairs what a process that died between commit and publish left behind. */
const RECONCILE_EVERY_MS = 30_000;
/** How soon a version another replica published is noticed here. */
const WATCH_EVERY_MS = 250;
const MAX_BODY_BYTES = 32 * 1024 * 1024;
/** PostgreSQL's integer, with room to go on. */
const MAX_VERSION = 2_000_000_000;
/** Publishers of all replicas queue on one lock; a long queue is slow, not broken. */
const PUBLISH_LIMIT_MS = { maxWait: 15_000, timeout: 30_000 };

/** A published document as it goes over the wire. */
export interface PublishedDocument {
  readonly version: number;
  readonly etag: string;
  readonly body: Buffer;
}

@Injectable()
export class Publisher implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(Publisher.name);
  private readonly documents = new Map<PublicationKind, PublishedDocument>();
  private readonly listeners = new Set<(notice: DoorNotice) => void>();
  private readonly timers: NodeJS.Timeout[] = [];
  private reachable = true;

  constructor(
    private readonly prisma: PrismaService,
    private readonly priceBook: PriceBookService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Publishes the present configuration of all projects when it differs from the newest snapshot. */
  readonly publishSnapshot = coalesce(() => this.publish('snapshot'));
  readonly publishPriceBook = coalesce(() => this.publish('price_book'));
  /** Brings the documents held here up to the newest published ones. */
  readonly refresh = coalesce(() => this.loadNewest());

  async onApplicationBootstrap(): Promise<void> {
    await this.priceBook.importCatalog();
    await this.publishSnapshot();
    await this.publishPriceBook();
    this.every(RECONCILE_EVERY_MS, async () => {
      await this.publishSnapshot();
      await this.publishPriceBook();
    });
    this.every(WATCH_EVERY_MS, async () => {
      if (this.listeners.size > 0) await this.refresh();
    });
  }

  onModuleDestroy(): void {
    for (const timer of this.timers) clearInterval(timer);
    this.listeners.clear();
  }

  /**
   * Proxies refuse a version below the one they hold. After a restore of the database from a backup that would be all of
   * them, for every change to come; so the numbering jumps ahead of what a proxy was seen with.
   */
  async outrank(proxyVersion: number): Promise<void> {
    if (proxyVersion <= this.notice().snapshotVersion) return;
    await this.refresh();
    const { snapshotVersion } = this.notice();
    if (proxyVersion <= snapshotVersion || proxyVersion >= MAX_VERSION) return;
    this.log.warn(
      `a proxy holds snapshot ${proxyVersion}, the newest published is ${snapshotVersion}: numbering on from there`,
    );
    await this.publish('snapshot', proxyVersion);
  }

  document(kind: PublicationKind): PublishedDocument | undefined {
    return this.documents.get(kind);
  }

  /** Calls `listener` at each new version until the returned function is called. */
  onPublished(listener: (notice: DoorNotice) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  notice(): DoorNotice {
    return {
      snapshotVersion: this.documents.get('snapshot')?.version ?? 0,
      priceBookVersion: this.documents.get('price_book')?.version ?? 0,
    };
  }

  private async publish(kind: PublicationKind, above = 0): Promise<void> {
    await this.prisma.$transaction((tx) => {
      const read = () => (kind === 'snapshot' ? this.readSnapshot(tx) : this.priceBook.read(tx));
      return publishIfChanged(tx, kind, read, above);
    }, PUBLISH_LIMIT_MS);
    await this.refresh();
  }

  private async readSnapshot(tx: Transaction): Promise<SnapshotContent> {
    const { allowedHosts } = this.config;
    const { content, unreadable } = await readSnapshotContent(tx, { allowedHosts, maxBodyBytes: MAX_BODY_BYTES });
    for (const { kind, id, problem } of unreadable) {
      this.log.error(`${kind} ${id} is left out of the snapshot: its ${problem} is not valid`);
    }
    return content;
  }

  private async loadNewest(): Promise<void> {
    const newest = await this.prisma.publication.groupBy({ by: ['kind'], _max: { version: true } });
    let changed = false;
    for (const { kind, _max } of newest) {
      const version = _max.version ?? 0;
      const known = this.documents.get(kind as PublicationKind);
      if (known && known.version >= version) continue;
      const row = await this.prisma.publication.findUnique({ where: { kind_version: { kind, version } } });
      // Already pruned by replicas publishing meanwhile: the next look finds their version.
      if (!row) continue;
      this.documents.set(kind as PublicationKind, {
        version,
        etag: `"${version}-${row.hash.slice(0, 16)}"`,
        body: Buffer.from(JSON.stringify(row.content)),
      });
      changed = true;
    }
    if (changed) for (const listener of this.listeners) listener(this.notice());
  }

  private every(intervalMs: number, work: () => Promise<void>): void {
    let busy = false;
    const timer = setInterval(() => {
      if (busy) return;
      busy = true;
      work()
        .then(
          () => {
            this.reachable = true;
          },
          (error: unknown) => {
            // Said once per outage; proxies keep the documents they have.
            if (this.reachable) this.log.error(`publishing waits for the database: ${(error as Error).name}`);
            this.reachable = false;
          },
        )
        .finally(() => {
          busy = false;
        });
    }, intervalMs);
    this.timers.push(timer.unref());
  }
}
