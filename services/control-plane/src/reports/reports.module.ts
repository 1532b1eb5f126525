import { Module } from '@nestjs/common';
import { ApiTokensModule } from '../api-tokens/api-tokens.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsageModule } from '../usage/usage.module.js';
import { DownloadRoutes } from './download/download.routes.js';
import { ReportsResolver } from './reports.resolver.js';
import { ReportsService } from './reports.service.js';
import { ReportClaims } from './work/claims.service.js';
import { ReportRunner } from './work/runner.service.js';

@Module({
  imports: [SessionsModule, ApiTokensModule, UsageModule],
  providers: [ReportsService, ReportsResolver, ReportClaims, ReportRunner, DownloadRoutes],
})
export class ReportsModule {}
