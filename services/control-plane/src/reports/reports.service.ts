import { Inject, Injectable } from '@nestjs/common';
import type { Prisma, UsageReport } from '@weir/prisma';
import { AuditService } from '../platform/audit.service.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Conflict, NotFound } from '../platform/errors.js';
import { PrismaService, type Transaction } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import { inBounds } from '../usage/filter.js';
import { FilterScope } from '../usage/filter-scope.service.js';
import { dropFile } from './file.js';
import { parseOrder } from './order.js';
import type { CreateUsageReportInput } from './reports.inputs.js';
import type { UsageReportType } from './reports.types.js';
import { toReport } from './to-type.js';
import { ReportRunner } from './work/runner.service.js';

const MAX_LISTED = 100;
const MIB = 1_048_576;

/** What people order and see of reports. Files are made by `work/` and handed out by `download/`. */
@Injectable()
export class ReportsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
    private readonly runner: ReportRunner,
    private readonly filters: FilterScope,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Newest first. @throws InputError `COUNT_INVALID` */
  async list({ projectId }: Viewer, first: number): Promise<UsageReportType[]> {
    inBounds('first', first, MAX_LISTED);
    const rows = await this.prisma.usageReport.findMany({
      where: { projectId },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: first,
    });
    return rows.map((row) => toReport(row, Date.now()));
  }

  /** null when the project has no such report. */
  async one({ projectId }: Viewer, id: string): Promise<UsageReportType | null> {
    const row = await this.prisma.usageReport.findFirst({ where: { id, projectId } });
    return row && toReport(row, Date.now());
  }

  /** @throws InputError naming the field; Conflict `REPORTS_WAITING`, `REPORT_SPACE_FULL` */
  async create(viewer: Viewer, input: CreateUsageReportInput): Promise<UsageReportType> {
    const asOf = new Date();
    const order = parseOrder(input, asOf.getTime());
    const filter = { ...(await this.filters.of(viewer.projectId, input.filter ?? {})) } as Prisma.InputJsonObject;
    const row = await this.prisma.$transaction(async (tx) => {
      await this.refuseBeyondQuota(tx, viewer.projectId, asOf);
      const { projectId, email } = viewer;
      const made = await tx.usageReport.create({ data: { ...order, filter, asOf, projectId, createdBy: email } });
      const { format, interval, dimensions, tagKeys, timeZone, from, to } = made;
      await this.audit.record(tx, viewer, 'report.create', made.fileName, {
        ...{ id: made.id, format, interval, dimensions, tagKeys, timeZone },
        ...{ from: from.toISOString(), to: to.toISOString() },
      });
      return made;
    });
    this.runner.wake();
    return toReport(row, Date.now());
  }

  /** Over for good, whatever it was; its file is deleted. @throws NotFound; Conflict `REPORT_OF_ANOTHER` */
  async cancel(viewer: Viewer, id: string): Promise<UsageReportType> {
    const row = await this.prisma.$transaction(async (tx) => {
      const report = await lockReport(tx, viewer.projectId, id);
      if (report.createdBy !== viewer.email && viewer.role !== 'admin') {
        throw new Conflict('REPORT_OF_ANOTHER', `Only ${report.createdBy} and admins can cancel this report.`);
      }
      if (report.state === 'cancelled') return report;
      await this.audit.record(tx, viewer, 'report.cancel', report.fileName, { id });
      return dropFile(tx, id, 'cancelled');
    });
    return toReport(row, Date.now());
  }

  private async refuseBeyondQuota(tx: Transaction, projectId: string, now: Date): Promise<void> {
    // Orders of one project one after the other, or two at once would both find room.
    await tx.$queryRaw`SELECT "id" FROM "Project" WHERE "id" = ${projectId}::uuid FOR NO KEY UPDATE`;
    const { reportsUnderWay, reportProjectMiB } = this.config;
    const underWay = await tx.usageReport.count({ where: { projectId, state: { in: ['waiting', 'running'] } } });
    if (underWay >= reportsUnderWay) {
      const message = `${underWay} reports of this project are being made already. Wait for one, or cancel one.`;
      throw new Conflict('REPORTS_WAITING', message);
    }
    const kept = await tx.usageReport.aggregate({
      where: {
        projectId,
        state: { in: ['waiting', 'running', 'ready'] },
        OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
      },
      _sum: { bytes: true },
    });
    if (Number(kept._sum.bytes ?? 0) >= reportProjectMiB * MIB) {
      const message = `The reports of this project take up ${reportProjectMiB} MiB, which is all they may. Cancel one to delete its file.`;
      throw new Conflict('REPORT_SPACE_FULL', message);
    }
  }
}

async function lockReport(tx: Transaction, projectId: string, id: string): Promise<UsageReport> {
  await tx.$queryRaw`SELECT "id" FROM "UsageReport" WHERE "id" = ${id}::uuid FOR NO KEY UPDATE`;
  const report = await tx.usageReport.findFirst({ where: { id, projectId } });
  if (!report) throw new NotFound('There is no such report.');
  return report;
}
