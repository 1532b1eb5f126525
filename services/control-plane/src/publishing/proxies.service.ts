import { Injectable } from '@nestjs/common';
import type { Heartbeat } from '@weir/contracts';
import { PrismaService } from '../platform/prisma.service.js';

/** A proxy that has been silent for this long is gone, not slow: it reports every second. */
const FORGOTTEN_AFTER_MS = 10_000;

/** What a proxy process last said about itself. */
export interface ProxyReport {
  readonly proxyId: string;
  readonly snapshotVersion: number;
  readonly snapshotAgeMs: number;
  readonly inFlight: number;
  readonly seenAt: Date;
}

/** Proxies that report to this replica, and the durable counts of their journals. */
@Injectable()
export class Proxies {
  private readonly reports = new Map<string, ProxyReport>();

  constructor(private readonly prisma: PrismaService) {}

  async record({ proxyId, snapshotVersion, snapshotAgeMs, inFlight, journals }: Heartbeat): Promise<void> {
    this.reports.set(proxyId, { proxyId, snapshotVersion, snapshotAgeMs, inFlight, seenAt: new Date() });
    if (journals.length === 0) return;
    // A heartbeat overtaken by a later one must not turn the counts back; they only ever rise.
    // Sorted, so that heartbeats of two processes lock shared rows in one order.
    const rows = [...journals].sort((a, b) => (a.journalId < b.journalId ? -1 : 1));
    await this.prisma.$executeRaw`
      INSERT INTO "Journal" AS known ("journalId", "proxyId", "appended", "confirmed", "quarantined", "seenAt")
      SELECT DISTINCT ON (journal_id) journal_id, ${proxyId}, appended, confirmed, quarantined, now()
      FROM unnest(
        ${rows.map(({ journalId }) => journalId)}::text[],
        ${rows.map(({ appended }) => BigInt(appended))}::bigint[],
        ${rows.map(({ confirmed }) => BigInt(confirmed))}::bigint[],
        ${rows.map(({ quarantined }) => BigInt(quarantined))}::bigint[]
      ) AS told (journal_id, appended, confirmed, quarantined)
      ORDER BY journal_id
      ON CONFLICT ("journalId") DO UPDATE SET
        "proxyId" = EXCLUDED."proxyId",
        "appended" = GREATEST(known."appended", EXCLUDED."appended"),
        "confirmed" = GREATEST(known."confirmed", EXCLUDED."confirmed"),
        "quarantined" = GREATEST(known."quarantined", EXCLUDED."quarantined"),
        "seenAt" = EXCLUDED."seenAt"`;
  }

  list(): ProxyReport[] {
    const oldest = Date.now() - FORGOTTEN_AFTER_MS;
    for (const [proxyId, { seenAt }] of this.reports) {
      if (seenAt.getTime() < oldest) this.reports.delete(proxyId);
    }
    return [...this.reports.values()].sort((a, b) => (a.proxyId < b.proxyId ? -1 : 1));
  }
}
