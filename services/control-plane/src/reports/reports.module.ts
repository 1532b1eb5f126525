import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions/sessions.module.js';
import { DownloadRoutes } from './download/download.routes.js';
import { ReportsResolver } from './reports.resolver.js';
import { ReportsService } from './reports.service.js';
import { ReportClaims } from './work/claims.service.js';
import { ReportRunner } from './work/runner.service.js';

@Module({
  imports: [SessionsModule],
  providers: [ReportsService, ReportsResolver, ReportClaims, ReportRunner, DownloadRoutes],
})
export class ReportsModule {}
