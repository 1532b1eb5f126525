import { Injectable, Logger } from '@nestjs/common';
import { PrismaService, type Transaction } from '../platform/prisma.service.js';
import { Publisher } from './publisher.service.js';

/** Changes of one project queue up behind each other; waiting for that is not a failure. */
const CHANGE_LIMIT_MS = { maxWait: 15_000, timeout: 15_000 };

/** The only way a room writes configuration: checked, written and audited in one transaction, then published. */
@Injectable()
export class Configuration {
  private readonly log = new Logger(Configuration.name);

  constructor(
    private readonly prisma: PrismaService,
    private readonly publisher: Publisher,
  ) {}

  /**
   * Changes of one project happen one after the other, so what `work` has checked still holds when it writes.
   * Resolves once the change is published, so a call made afterwards finds it.
   */
  change<T>(projectId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.commit(projectId, work, this.publisher.publishSnapshot);
  }

  /** The same for prices: what is published is the price book. */
  changePrices<T>(projectId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.commit(projectId, work, this.publisher.publishPriceBook);
  }

  /** The same for what is part of both. */
  changeWithPrices<T>(projectId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.commit(projectId, work, async () => {
      await this.publisher.publishSnapshot();
      await this.publisher.publishPriceBook();
    });
  }

  private async commit<T>(
    projectId: string,
    work: (tx: Transaction) => Promise<T>,
    publish: () => Promise<void>,
  ): Promise<T> {
    const result = await this.prisma.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT id FROM "Project" WHERE id = ${projectId}::uuid FOR NO KEY UPDATE`;
      return work(tx);
    }, CHANGE_LIMIT_MS);
    try {
      await publish();
    } catch (error) {
      // The change is committed and must not be reported as failed; the reconciler publishes it.
      this.log.error(`a committed change waits to be published: ${(error as Error).name}`);
    }
    return result;
  }
}
