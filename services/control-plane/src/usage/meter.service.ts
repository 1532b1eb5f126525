import { setTimeout } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { meterCounts } from '@weir/clickhouse';
import { PrismaService } from '../platform/prisma.service.js';
import { Proxies } from '../publishing/proxies.service.js';
import { Publisher } from '../publishing/publisher.service.js';
import { type JournalTotals, readMeter } from './meter.js';
import type { MeterType } from './meter.types.js';
import { UsageReader } from './reader.service.js';

/** Proxies report every second; one that has not for this long is not serving. */
const SILENT_AFTER_MS = 5_000;
const FRESH_REPORT_LIMIT_MS = 2_500;
const LOOK_EVERY_MS = 100;

interface Journals extends JournalTotals {
  /** Oldest report among the proxies that are alive; null when none is. */
  readonly reportedAt: Date | null;
  /** The database's clock, which also stamps the reports. */
  readonly readAt: Date;
}

@Injectable()
export class MeterService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly reader: UsageReader,
    private readonly proxies: Proxies,
    private readonly publisher: Publisher,
  ) {}

  async read(): Promise<MeterType> {
    const before = await this.journals();
    const counted = await this.reader.ask(meterCounts);
    const after = await this.reportedSince(counted.stored + counted.quarantined);
    const { snapshotVersion } = this.publisher.notice();
    const proxies = this.proxies.list().map((proxy) => ({
      proxyId: proxy.proxyId,
      snapshotVersion: proxy.snapshotVersion,
      current: proxy.snapshotVersion === snapshotVersion,
      snapshotAgeSeconds: Math.round(proxy.snapshotAgeMs / 1000),
      inFlight: proxy.inFlight,
      seenAt: proxy.seenAt,
    }));
    return { ...readMeter(before, counted, after), proxies, asOf: after.readAt };
  }

  /**
   * Calls may have been served and stored since a journal last reported. Where more has arrived than was reported, the
   * next report decides, not the last one.
   */
  private async reportedSince(arrived: number): Promise<Journals> {
    let journals = await this.journals();
    const countedBy = journals.readAt.getTime();
    while (arrived > journals.appended && journals.reportedAt !== null && journals.reportedAt.getTime() <= countedBy) {
      if (journals.readAt.getTime() > countedBy + FRESH_REPORT_LIMIT_MS) break;
      await setTimeout(LOOK_EVERY_MS);
      journals = await this.journals();
    }
    return journals;
  }

  private async journals(): Promise<Journals> {
    const [row] = await this.prisma.$queryRaw<
      [{ appended: bigint; confirmed: bigint; reportedAt: Date | null; readAt: Date }]
    >`
      SELECT coalesce(sum(appended), 0)::bigint AS appended, coalesce(sum(confirmed), 0)::bigint AS confirmed,
        min("seenAt") FILTER (WHERE "seenAt" > now() - ${SILENT_AFTER_MS} * interval '1 millisecond') AS "reportedAt",
        now() AS "readAt"
      FROM "Journal"`;
    return { ...row, appended: Number(row.appended), confirmed: Number(row.confirmed) };
  }
}
