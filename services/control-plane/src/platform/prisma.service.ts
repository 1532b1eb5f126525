import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { type Prisma, PrismaClient, PrismaPg } from '@weir/prisma';
import { CONFIG, type Config } from './config.js';

/** Inside `prisma.$transaction(async (tx) => …)`. */
export type Transaction = Prisma.TransactionClient;

const STATEMENT_TIMEOUT_MS = 15_000;

@Injectable()
export class PrismaService extends PrismaClient implements OnModuleInit, OnModuleDestroy {
  constructor(@Inject(CONFIG) config: Config) {
    super({
      adapter: new PrismaPg({
        connectionString: config.databaseUrl,
        max: config.databaseConnections,
        connectionTimeoutMillis: 5_000,
        statement_timeout: STATEMENT_TIMEOUT_MS,
      }),
    });
  }

  async onModuleInit(): Promise<void> {
    await this.$connect();
  }

  async onModuleDestroy(): Promise<void> {
    await this.$disconnect();
  }
}
