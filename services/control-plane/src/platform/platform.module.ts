import { type DynamicModule, Global, Module, type OnModuleInit } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuditService } from './audit.service.js';
import { CONFIG, type Config } from './config.js';
import { Housekeeping } from './housekeeping.js';
import { InternalRoutes } from './internal-server.js';
import { PolicyGuard } from './policy.guard.js';
import { PrismaService } from './prisma.service.js';

/** What every room may inject: CONFIG, PrismaService, AuditService, InternalRoutes, Housekeeping. */
@Global()
@Module({})
export class PlatformModule implements OnModuleInit {
  constructor(
    private readonly routes: InternalRoutes,
    private readonly prisma: PrismaService,
  ) {}

  static with(config: Config): DynamicModule {
    return {
      module: PlatformModule,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: APP_GUARD, useClass: PolicyGuard },
        PrismaService,
        AuditService,
        InternalRoutes,
        Housekeeping,
      ],
      exports: [CONFIG, PrismaService, AuditService, InternalRoutes, Housekeeping],
    };
  }

  onModuleInit(): void {
    this.routes.addCheck('postgres', async () => {
      await this.prisma.$queryRaw`SELECT 1`;
    });
  }
}
