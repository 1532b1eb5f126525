import { Injectable } from '@nestjs/common';
import { type MonthUsage, usageByMonth } from '@weir/clickhouse';
import type { AccountingMonth } from '@weir/prisma';
import { AuditService } from '../platform/audit.service.js';
import { Conflict, InputError } from '../platform/errors.js';
import { PrismaService } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import { parseReason } from '../restatements/reason.js';
import { UsageReader } from '../usage/reader.service.js';
import { type Month, monthOf, monthsIn, parseMonth } from './calendar.js';
import { lockLedger } from './closed.js';
import type { AccountingMonthType } from './months.types.js';

const MAX_LISTED = 120;
/** Closing asks ClickHouse while it holds the project's lock. */
const CHANGE_LIMIT_MS = { maxWait: 15_000, timeout: 30_000 };
const NOTHING: Omit<MonthUsage, 'month'> = { spend: '0', calls: 0, unpricedCalls: 0 };

/** Which months of a project are closed, and what they came to. */
@Injectable()
export class MonthsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly reader: UsageReader,
    private readonly audit: AuditService,
  ) {}

  async list({ projectId }: Viewer): Promise<AccountingMonthType[]> {
    const [usage, rows] = await Promise.all([
      this.reader.ask((reader) => usageByMonth(reader, projectId)),
      this.prisma.accountingMonth.findMany({ where: { projectId }, orderBy: { month: 'desc' }, take: MAX_LISTED }),
    ]);
    const now = monthOf(Date.now());
    const names = [...usage.keys(), ...rows.map(({ month }) => month), now.name].sort();
    const [first, last] = [parseMonth(names[0] ?? now.name), parseMonth(names.at(-1) ?? now.name)];
    const known = new Map(rows.map((row) => [row.month, row]));
    return monthsIn(first.from, last.to)
      .slice(-MAX_LISTED)
      .reverse()
      .map(({ name }) => toType(name, known.get(name), usage.get(name)));
  }

  /** @throws InputError `MONTH_INVALID`, `MONTH_NOT_OVER`; Conflict `MONTH_CLOSED`, `BOOKING_IN_FLIGHT` */
  async close(viewer: Viewer, name: string): Promise<AccountingMonthType> {
    const { projectId } = viewer;
    const month = parseMonth(name);
    if (month.to > Date.now()) {
      throw new InputError('MONTH_NOT_OVER', `${name} is not over yet; only past months can be closed.`, 'month');
    }
    return this.prisma.$transaction(async (tx) => {
      await lockLedger(tx, projectId);
      const before = await tx.accountingMonth.findUnique({ where: { projectId_month: { projectId, month: name } } });
      if (before?.isClosed) throw new Conflict('MONTH_CLOSED', `${name} is closed already.`, 'month');
      const booking = await tx.restatement.findFirst({
        where: { projectId, ...underWay(month) },
        select: { number: true },
      });
      if (booking) {
        const message = `Restatement ${booking.number} is being booked into ${name}. Close the month when it is done.`;
        throw new Conflict('BOOKING_IN_FLIGHT', message, 'month');
      }
      const usage = (await this.reader.ask((reader) => usageByMonth(reader, projectId))).get(name) ?? NOTHING;
      const closing = {
        isClosed: true,
        closedAt: new Date(),
        closedBy: viewer.email,
        spendAtClose: usage.spend,
        callsAtClose: usage.calls,
      };
      const row = await tx.accountingMonth.upsert({
        where: { projectId_month: { projectId, month: name } },
        create: { projectId, month: name, ...closing },
        update: closing,
      });
      await this.audit.record(tx, viewer, 'month.close', name, { spend: usage.spend, calls: usage.calls });
      return toType(name, row, usage);
    }, CHANGE_LIMIT_MS);
  }

  /** @throws InputError `MONTH_INVALID`, `REASON_INVALID`; Conflict `MONTH_OPEN` */
  async reopen(viewer: Viewer, name: string, reason: string): Promise<AccountingMonthType> {
    const { projectId } = viewer;
    const month = parseMonth(name);
    const reopenReason = parseReason(reason);
    return this.prisma.$transaction(async (tx) => {
      await lockLedger(tx, projectId);
      const where = { projectId_month: { projectId, month: month.name } };
      const before = await tx.accountingMonth.findUnique({ where });
      if (!before?.isClosed) throw new Conflict('MONTH_OPEN', `${name} is open.`, 'month');
      const usage = (await this.reader.ask((reader) => usageByMonth(reader, projectId))).get(name) ?? NOTHING;
      const reopening = { isClosed: false, reopenedAt: new Date(), reopenedBy: viewer.email, reopenReason };
      const row = await tx.accountingMonth.update({ where, data: reopening });
      await this.audit.record(tx, viewer, 'month.reopen', name, { reason: reopenReason });
      return toType(name, row, usage);
    }, CHANGE_LIMIT_MS);
  }
}

/** Bookings that write into the month, those included that stopped halfway. */
function underWay({ from, to }: Month) {
  return {
    from: { lt: new Date(to) },
    to: { gt: new Date(from) },
    OR: [{ state: 'BOOKING' as const }, { state: 'FAILED' as const, bookedBy: { not: null } }],
  };
}

function toType(
  month: string,
  row: AccountingMonth | undefined,
  usage: Omit<MonthUsage, 'month'> = NOTHING,
): AccountingMonthType {
  return {
    month,
    state: row?.isClosed ? 'CLOSED' : 'OPEN',
    spend: usage.spend,
    calls: usage.calls,
    unpricedCalls: Math.max(0, usage.unpricedCalls),
    closedAt: row?.closedAt ?? null,
    closedBy: row?.closedBy ?? null,
    spendAtClose: row?.spendAtClose.toFixed() ?? null,
    callsAtClose: row ? Number(row.callsAtClose) : null,
    reopenedAt: row?.reopenedAt ?? null,
    reopenedBy: row?.reopenedBy ?? null,
    reopenReason: row?.reopenReason ?? null,
  };
}
