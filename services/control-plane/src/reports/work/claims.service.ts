import { Inject, Injectable } from '@nestjs/common';
import { newId } from '@weir/contracts';
import { CONFIG, type Config } from '../../platform/config.js';
import { PrismaService } from '../../platform/prisma.service.js';
import { dropFile } from '../file.js';
import { Hold, LEASE_SECONDS } from './hold.js';

/** Taken up this often without getting anywhere: whoever takes it up dies of it. */
const MAX_ATTEMPTS = 10;

/** Gives every report to one replica at a time. */
@Injectable()
export class ReportClaims {
  constructor(
    private readonly prisma: PrismaService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The longest waiting report that nobody holds; null = there is none. */
  async claim(): Promise<Hold | null> {
    const lease = newId();
    const [taken] = await this.prisma.$queryRaw<{ id: string }[]>`
      UPDATE "UsageReport" SET "state" = 'running', "leaseId" = ${lease}::uuid, "attempts" = "attempts" + 1,
        "leaseUntil" = now() + make_interval(secs => ${LEASE_SECONDS})
      WHERE "id" = (
        SELECT "id" FROM "UsageReport"
        WHERE "state" IN ('waiting', 'running') AND ("leaseUntil" IS NULL OR "leaseUntil" < now())
        ORDER BY "createdAt", "id" LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING "id"`;
    if (!taken) return null;
    const report = await this.prisma.usageReport.findUniqueOrThrow({ where: { id: taken.id } });
    const hold = new Hold(this.prisma, this.config, report, lease);
    if (report.attempts <= MAX_ATTEMPTS) return hold;
    await hold.fail(
      `Taken up ${MAX_ATTEMPTS} times without getting anywhere. Order it with fewer dimensions or a shorter range; the log of the control plane tells more.`,
    );
    return this.claim();
  }

  /** Deletes the files that are past their time, and forgets reports that have been over for long. */
  async tidy(now: Date, forgetBefore: Date): Promise<void> {
    const past = await this.prisma.usageReport.findMany({
      where: { state: 'ready', expiresAt: { lte: now } },
      select: { id: true },
    });
    for (const { id } of past) await this.prisma.$transaction((tx) => dropFile(tx, id, 'expired'));
    await this.prisma.usageReport.deleteMany({
      where: { state: { in: ['expired', 'failed', 'cancelled'] }, createdAt: { lt: forgetBefore } },
    });
  }
}
