import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../platform/prisma.service.js';
import type { RecordingDropsType, RecordingStateType } from './recording-state.types.js';

/** A proxy reports every second. */
const SILENT_AFTER_MS = 10_000;
/** A proxy that is gone for longer will hardly bring what waited on its disk. */
const FORGOTTEN_AFTER_MS = 7 * 86_400_000;
const DROPS_WITHIN_MS = 86_400_000;

@Injectable()
export class RecordingStateService {
  constructor(private readonly prisma: PrismaService) {}

  async read(): Promise<RecordingStateType> {
    // The database's clock, which also stamps the reports.
    const [{ asOf }] = await this.prisma.$queryRaw<[{ asOf: Date }]>`SELECT now() AS "asOf"`;
    const ago = (ms: number) => new Date(asOf.getTime() - ms);
    const reports = await this.prisma.recordingReport.findMany({
      where: {
        OR: [
          { seenAt: { gt: ago(SILENT_AFTER_MS) } },
          { seenAt: { gt: ago(FORGOTTEN_AFTER_MS) }, spoolBytes: { gt: 0 } },
        ],
      },
      orderBy: { proxyId: 'asc' },
    });
    const proxies = reports.map(({ proxyId, startedAt, spoolBytes, spoolMaxBytes, waitsSince, seenAt }) => ({
      ...{ proxyId, waitsSince, seenAt, spoolBytes: Number(spoolBytes) },
      spoolMaxBytes: spoolMaxBytes === null ? null : Number(spoolMaxBytes),
      isReporting: seenAt > ago(SILENT_AFTER_MS),
      tellsDrops: startedAt !== null,
    }));
    return { proxies, dropped: await this.dropped(ago(DROPS_WITHIN_MS)), asOf };
  }

  private dropped(since: Date): Promise<RecordingDropsType[]> {
    return this.prisma.$queryRaw<RecordingDropsType[]>`
      SELECT "reason", sum("after" - "before")::bigint AS "calls", min("firstAt") AS "firstAt", max("lastAt") AS "lastAt"
      FROM "RecordingDrop" WHERE "hour" > ${since}::timestamptz - interval '1 hour' AND "lastAt" > ${since}::timestamptz
      GROUP BY "reason" ORDER BY "calls" DESC, "reason"`;
  }
}
