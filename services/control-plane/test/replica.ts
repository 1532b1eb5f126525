import 'reflect-metadata';
import { randomBytes, randomUUID } from 'node:crypto';
import { type INestApplicationContext, type LoggerService, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { migrate, type Role } from '@weir/prisma';
import { AppsModule } from '../src/apps/apps.module.js';
import { MonthsModule } from '../src/months/months.module.js';
import { type Config, loadConfig } from '../src/platform/config.js';
import { InternalRoutes } from '../src/platform/internal-server.js';
import { PlatformModule } from '../src/platform/platform.module.js';
import { PrismaService } from '../src/platform/prisma.service.js';
import type { Viewer } from '../src/platform/viewer.js';
import { RateCardsModule } from '../src/pricing/rate-cards.module.js';
import { ProvidersModule } from '../src/providers/providers.module.js';
import { PublishingModule } from '../src/publishing/publishing.module.js';
import { RestatementsModule } from '../src/restatements/restatements.module.js';
import { SecretsModule } from '../src/secrets/secrets.module.js';
import { TranscriptDeletionModule } from '../src/transcripts/deletion/deletion.module.js';
import { UsageModule } from '../src/usage/usage.module.js';

export interface Replica {
  readonly app: INestApplicationContext;
  readonly prisma: PrismaService;
  readonly config: Config;
  /** `http://127.0.0.1:<port>` of the internal server. */
  readonly internalUrl: string;
  /** A member of a project made for the one who asks. */
  viewerOfNewProject(role?: Role): Promise<Viewer>;
  close(): Promise<void>;
}

const MASTER_KEY = randomBytes(32).toString('base64');

/** Everything that was logged in this test file, a line an entry; Nest has one logger for all applications. */
export const logged: string[] = [];

const write = (...parts: unknown[]) => {
  logged.push(parts.map((part) => (part instanceof Error ? String(part.stack) : String(part))).join(' '));
};
const LOGGER: LoggerService = { log: write, error: write, warn: write, debug: write, verbose: write, fatal: write };

/** The rooms on a database, as one replica runs them; migrates first. */
export async function startReplica(databaseUrl: string, env: Readonly<Record<string, string>> = {}): Promise<Replica> {
  await migrate(databaseUrl);
  const config = loadConfig({
    WEIR_MASTER_KEY: MASTER_KEY,
    DATABASE_URL: databaseUrl,
    CLICKHOUSE_URL: 'http://127.0.0.1:9/weir',
    WEIR_CONTROL_INTERNAL_PORT: '0',
    ...env,
  });
  @Module({
    imports: [
      PlatformModule.with(config),
      SecretsModule,
      ProvidersModule,
      AppsModule,
      PublishingModule,
      UsageModule,
      RateCardsModule,
      TranscriptDeletionModule,
      RestatementsModule,
      MonthsModule,
    ],
  })
  class Rooms {}

  const app = await NestFactory.createApplicationContext(Rooms, { logger: LOGGER, abortOnError: false });
  const prisma = app.get(PrismaService);
  const routes = app.get(InternalRoutes);
  const { port } = await routes.listen();
  return {
    app,
    prisma,
    config,
    internalUrl: `http://127.0.0.1:${port}`,
    async viewerOfNewProject(role = 'admin') {
      const environments = ['production', 'staging', 'development'].map((name) => ({ name }));
      const project = await prisma.project.create({
        data: { name: `p-${randomUUID()}`, displayName: 'Test', environments: { create: environments } },
      });
      const [accountId, sessionId] = [randomUUID(), randomUUID()];
      return { accountId, sessionId, projectId: project.id, role, email: 'admin@example.com' };
    },
    async close() {
      await routes.close();
      await app.close();
    },
  };
}
