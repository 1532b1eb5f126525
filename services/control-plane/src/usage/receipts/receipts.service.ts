import { Injectable } from '@nestjs/common';
import { type Call, type LedgerEntry, ledgerEntries, oneCall, type RatingLine } from '@weir/clickhouse';
import { formatUsd, METERS, type Meter, parseUsd } from '@weir/contracts';
import { PrismaService } from '../../platform/prisma.service.js';
import type { Viewer } from '../../platform/viewer.js';
import type { RatingStatus } from '../enums.js';
import { UsageReader } from '../reader.service.js';
import { toCall } from '../to-call.js';
import { OriginsService, type Traced } from './origins.service.js';
import type { LedgerEntryType, MeterQuantityType, ReceiptType } from './receipts.types.js';
import { restatementsOf } from './restatement-refs.js';

/** How the cost of one call came to be. */
@Injectable()
export class ReceiptsService {
  constructor(
    private readonly reader: UsageReader,
    private readonly prisma: PrismaService,
    private readonly origins: OriginsService,
  ) {}

  /** null when the project has no such call. */
  async receipt({ projectId }: Viewer, eventId: string): Promise<ReceiptType | null> {
    const found = await this.reader.ask(async (reader) => {
      const call = await oneCall(reader, projectId, eventId);
      if (!call) return null;
      const at = call.startedAt;
      return { call, booked: await ledgerEntries(reader, { projectId, from: at, to: at + 1 }, call.eventId) };
    });
    if (!found) return null;
    const { call, booked } = found;
    const entries = await this.describe(projectId, call, booked);
    const standing = entries[standingOf(booked)] ?? null;
    const stated = amountOf(call.providerStatedCostUsd);
    return {
      call: toCall(call),
      standing,
      entries,
      meters: metersOf(call),
      rawUsage: call.rawUsage,
      providerStatedCostUsd: stated === null ? null : formatUsd(stated),
      statedDifference: standing?.cost == null || stated === null ? null : formatUsd(parseUsd(standing.cost) - stated),
    };
  }

  private async describe(projectId: string, call: Call, booked: readonly LedgerEntry[]): Promise<LedgerEntryType[]> {
    const traced = (line: RatingLine): Traced => ({ ...line, providerType: call.providerType, at: call.startedAt });
    const lines = booked.flatMap((entry) => entry.lines.map(traced));
    const [originOf, restatementOf] = await Promise.all([
      this.origins.of(projectId, lines),
      restatementsOf(this.prisma, projectId, booked),
    ]);
    return booked.map((entry) => ({
      runId: entry.runId,
      kind: entry.isReversal ? 'REVERSAL' : 'RATING',
      ratedAt: new Date(entry.ratedAt),
      knownAt: entry.knownAt === null ? null : new Date(entry.knownAt),
      status: entry.status as RatingStatus,
      reason: entry.reason,
      cost: entry.cost,
      priceVersion: entry.priceVersion,
      lines: entry.lines.map((line) => ({
        ...line,
        // Stored as in the rating that it takes back; what it books is the opposite.
        amount: entry.isReversal && line.amount !== null ? formatUsd(-parseUsd(line.amount)) : line.amount,
        origin: originOf(traced(line)),
      })),
      restatement: restatementOf(entry),
    }));
  }
}

/** Position of the entry in force: the newest rating that no reversal took back; -1 = none. */
function standingOf(booked: readonly LedgerEntry[]): number {
  const net = new Map<string, number>();
  for (const { runId, isReversal } of booked) net.set(runId, (net.get(runId) ?? 0) + (isReversal ? -1 : 1));
  return booked.findLastIndex(({ runId, isReversal }) => !isReversal && (net.get(runId) ?? 0) > 0);
}

/** Upstreams write numbers as they like; what is no exact amount is shown raw and compared with nothing. */
function amountOf(text: string | null): bigint | null {
  try {
    return text === null ? null : parseUsd(text);
  } catch {
    return null;
  }
}

function metersOf(call: Call): MeterQuantityType[] {
  const estimated = new Set(call.estimatedMeters);
  const tokens = METERS.flatMap((meter) => {
    const quantity = call[`${meter}Tokens` as `${Meter}Tokens`];
    return quantity === null ? [] : [{ meter, quantity, estimated: estimated.has(meter) }];
  });
  const others = Object.entries(call.otherMeters).map(([meter, quantity]) => ({ meter, quantity, estimated: false }));
  return [...tokens, ...others];
}
