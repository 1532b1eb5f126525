import { Injectable } from '@nestjs/common';
import type { Heartbeat } from '@weir/contracts';
import { PrismaService } from '../platform/prisma.service.js';

type Told = NonNullable<Heartbeat['transcripts']>;

/** What proxies tell of the calls they record: how far storing is behind, and what was dropped, for good. */
@Injectable()
export class RecordingReports {
  constructor(private readonly prisma: PrismaService) {}

  async record({ proxyId, transcripts }: Heartbeat): Promise<void> {
    // Older than recording.
    if (transcripts === undefined) return;
    await this.report(proxyId, transcripts);
    await this.drops(proxyId, transcripts);
  }

  private async report(proxyId: string, told: Told): Promise<void> {
    const at = (epochMs: number | null | undefined) => (epochMs == null ? null : new Date(epochMs));
    const max = told.spoolMaxBytes === undefined ? null : BigInt(told.spoolMaxBytes);
    await this.prisma.$executeRaw`
      INSERT INTO "RecordingReport"
        ("proxyId", "startedAt", "recorded", "spoolBytes", "spoolMaxBytes", "waitsSince", "seenAt")
      VALUES (${proxyId}, ${at(told.startedAtMs)}, ${BigInt(told.recorded)}, ${BigInt(told.spoolBytes)}, ${max},
        ${at(told.waitsSinceMs)}, now())
      ON CONFLICT ("proxyId") DO UPDATE SET "startedAt" = EXCLUDED."startedAt", "recorded" = EXCLUDED."recorded",
        "spoolBytes" = EXCLUDED."spoolBytes", "spoolMaxBytes" = EXCLUDED."spoolMaxBytes",
        "waitsSince" = EXCLUDED."waitsSince", "seenAt" = EXCLUDED."seenAt"`;
  }

  /** Counts only rise from the start of a proxy on: what one told before, or a late report tells again, adds nothing. */
  private async drops(proxyId: string, { dropped, startedAtMs }: Told): Promise<void> {
    const reasons = Object.keys(dropped).sort();
    if (reasons.length === 0 || startedAtMs === undefined) return;
    const startedAt = new Date(startedAtMs);
    await this.prisma.$executeRaw`
      INSERT INTO "RecordingDrop" AS known
        ("proxyId", "startedAt", "reason", "hour", "before", "after", "firstAt", "lastAt")
      SELECT ${proxyId}, ${startedAt}, told.reason, date_trunc('hour', now(), 'UTC'), coalesce(past.calls, 0),
        told.calls, now(), now()
      FROM unnest(${reasons}::text[], ${reasons.map((reason) => BigInt(dropped[reason] ?? 0))}::bigint[])
        AS told (reason, calls)
      LEFT JOIN LATERAL (
        SELECT max("after") AS calls FROM "RecordingDrop"
        WHERE "proxyId" = ${proxyId} AND "startedAt" = ${startedAt} AND "reason" = told.reason
      ) AS past ON true
      WHERE told.calls > coalesce(past.calls, 0)
      ON CONFLICT ("proxyId", "startedAt", "reason", "hour") DO UPDATE SET
        "after" = GREATEST(known."after", EXCLUDED."after"), "lastAt" = EXCLUDED."lastAt"`;
  }
}
