import type { ReportDimension, ReportQuery, UsageFilter } from '@weir/clickhouse';
import type { UsageReport } from '@weir/prisma';
import type { PrismaService } from '../../platform/prisma.service.js';

/** What is asked of ClickHouse for an order. Of providers of one name the one that exists gives the readable name. */
export async function queryOf(prisma: PrismaService, report: UsageReport): Promise<ReportQuery> {
  const { projectId, interval, timeZone, dimensions, tagKeys, filter } = report;
  const providers = await prisma.provider.findMany({
    where: { projectId },
    select: { name: true, displayName: true },
    orderBy: [{ deletedAt: { sort: 'asc', nulls: 'last' } }],
  });
  return {
    ...{ interval, timeZone, tagKeys, filter: filter as UsageFilter },
    dimensions: dimensions as ReportDimension[],
    storedByMs: report.asOf.getTime(),
    providerNames: new Map(providers.map(({ name, displayName }) => [name, displayName])),
  };
}
