import { WeirError } from '@weir/contracts';
import { Prisma, type UsageReport } from '@weir/prisma';
import type { Config } from '../../platform/config.js';
import type { PrismaService, Transaction } from '../../platform/prisma.service.js';
import { dropFile } from '../file.js';

/** A replica that is silent for this long is taken to be gone, and its work up by another. */
export const LEASE_SECONDS = 10;
/** What a piece holds at most, and mostly. */
export const PIECE_BYTES = 1_048_576;
const MIB = 1_048_576;
const HOUR_MS = 3_600_000;
const APPEND_LIMIT_MS = { maxWait: 15_000, timeout: 15_000 };

/** The report is no longer this replica's to make: cancelled, or taken over. Nothing more may be written. */
export class HoldLost extends WeirError {
  constructor() {
    super('REPORT_HOLD_LOST', 'the report is cancelled, or another replica makes it');
  }
}

/** The file would become bigger than allowed; the message is for people. */
export class ReportTooBig extends WeirError {
  constructor(message: string) {
    super('REPORT_TOO_BIG', message);
  }
}

/** Where the making has got to, saved together with the bytes that it led to. */
export interface Place {
  readonly slicesDone?: number;
  readonly after?: readonly string[];
  /** Rows in the bytes. */
  readonly rows: number;
}

/** What a slice of a Parquet file leaves to the end of the file. */
export interface SliceEnd {
  readonly number: number;
  readonly rows: number;
  readonly metadata: Uint8Array;
}

/** A report in the hands of this replica, for as long as it renews its lease. */
export class Hold {
  #bytes: bigint;
  #pieces: number;
  #hasMoved = false;

  constructor(
    private readonly prisma: PrismaService,
    private readonly config: Config,
    private row: UsageReport,
    private readonly lease: string,
  ) {
    this.#bytes = row.bytes;
    this.#pieces = row.pieces;
  }

  /** As it was when it was taken up, but for `asOf`. */
  get report(): UsageReport {
    return this.row;
  }

  /** Bytes of the file so far. */
  get bytes(): number {
    return Number(this.#bytes);
  }

  /** @throws HoldLost */
  async renew(): Promise<void> {
    await this.#update(this.prisma, Prisma.sql`"leaseUntil" = now() + make_interval(secs => ${LEASE_SECONDS})`);
  }

  /** Says of a report nothing is written of what is in it: what was stored by this time. @throws HoldLost */
  async freeze(asOf: Date): Promise<void> {
    await this.#update(this.prisma, Prisma.sql`"asOf" = ${asOf}`);
    this.row = { ...this.row, asOf };
  }

  /** Adds bytes to the file, in pieces, and says how far they reach: both or nothing. @throws HoldLost, ReportTooBig */
  async append(body: Uint8Array, { slicesDone, after, rows }: Place, slice?: SliceEnd): Promise<void> {
    const reportId = this.report.id;
    const pieces = piecesOf(body, this.#pieces, this.#bytes);
    const bytes = this.#bytes + BigInt(body.length);
    await this.prisma.$transaction(async (tx) => {
      await this.#update(
        tx,
        Prisma.sql`"bytes" = ${bytes}, "pieces" = "pieces" + ${pieces.length}, "rows" = "rows" + ${BigInt(rows)},
          "slicesDone" = ${slicesDone ?? Prisma.sql`"slicesDone"`}, "after" = ${after ? [...after] : Prisma.sql`"after"`},
          "attempts" = 0, "stalledAt" = NULL, "problem" = NULL,
          "leaseUntil" = now() + make_interval(secs => ${LEASE_SECONDS})`,
      );
      if (body.length > 0) await this.#refuseTooBig(tx, bytes);
      for (const piece of pieces) await tx.usageReportPiece.create({ data: { reportId, ...piece } });
      if (!slice) return;
      const end = { bytes, pieces: this.#pieces + pieces.length };
      await tx.usageReportSlice.create({ data: { reportId, ...slice, ...end, metadata: Buffer.from(slice.metadata) } });
    }, APPEND_LIMIT_MS);
    this.#bytes = bytes;
    this.#pieces += pieces.length;
    this.#hasMoved ||= rows > 0 || slicesDone !== undefined;
  }

  /** Takes back what was written behind the last whole slice. @throws HoldLost */
  async backToSlice(end: { readonly bytes: bigint; readonly pieces: number }, rows: bigint): Promise<void> {
    await this.prisma.$transaction(async (tx) => {
      await this.#update(tx, Prisma.sql`"bytes" = ${end.bytes}, "pieces" = ${end.pieces}, "rows" = ${rows}`);
      await tx.usageReportPiece.deleteMany({ where: { reportId: this.report.id, number: { gte: end.pieces } } });
    }, APPEND_LIMIT_MS);
    this.#bytes = end.bytes;
    this.#pieces = end.pieces;
  }

  /** The file is whole. @throws HoldLost */
  async finish(sha256: string): Promise<void> {
    const readyAt = new Date();
    const expiresAt = new Date(readyAt.getTime() + this.config.reportKeepHours * HOUR_MS);
    await this.#update(
      this.prisma,
      Prisma.sql`"state" = 'ready', "sha256" = ${sha256}, "readyAt" = ${readyAt}, "expiresAt" = ${expiresAt},
        "problem" = NULL, "leaseId" = NULL, "leaseUntil" = NULL`,
    );
  }

  /** Over, without a file. @throws HoldLost */
  async fail(problem: string): Promise<void> {
    await this.prisma.$transaction(async (tx) => {
      await this.#update(tx, Prisma.sql`"leaseUntil" = now()`);
      await dropFile(tx, this.report.id, 'failed', problem);
    }, APPEND_LIMIT_MS);
  }

  /** Anybody may go on with it after `seconds`. `stalled` = since when the figures cannot be read, and why. @throws HoldLost */
  async release(seconds: number, stalled?: { readonly since: Date; readonly problem: string }): Promise<void> {
    const why = stalled
      ? Prisma.sql`, "attempts" = 0, "stalledAt" = ${stalled.since}, "problem" = ${stalled.problem}`
      : Prisma.empty;
    await this.#update(
      this.prisma,
      Prisma.sql`"leaseId" = NULL, "leaseUntil" = now() + make_interval(secs => ${seconds})${why}`,
    );
  }

  /** Since when the figures cannot be read: whatever is added in between starts that anew. */
  stalledSince(now: Date): Date {
    return (this.#hasMoved ? null : this.report.stalledAt) ?? now;
  }

  async #update(client: Pick<Transaction, '$executeRaw'>, set: Prisma.Sql): Promise<void> {
    const moved = await client.$executeRaw`
      UPDATE "UsageReport" SET ${set}
      WHERE "id" = ${this.report.id}::uuid AND "leaseId" = ${this.lease}::uuid AND "state" = 'running'`;
    if (moved === 0) throw new HoldLost();
  }

  async #refuseTooBig(tx: Transaction, bytes: bigint): Promise<void> {
    const { reportMaxMiB, reportProjectMiB } = this.config;
    const remedy = 'Choose fewer dimensions, a coarser interval, a filter or a shorter range.';
    if (bytes > BigInt(reportMaxMiB) * BigInt(MIB)) {
      throw new ReportTooBig(`The file would be bigger than the ${reportMaxMiB} MiB a report may have. ${remedy}`);
    }
    const { projectId } = this.report;
    const kept = await tx.usageReport.aggregate({
      where: { projectId, state: { in: ['running', 'ready'] } },
      _sum: { bytes: true },
    });
    if ((kept._sum.bytes ?? 0n) > BigInt(reportProjectMiB) * BigInt(MIB)) {
      const message = `The reports of this project would take up more than the ${reportProjectMiB} MiB they may.`;
      throw new ReportTooBig(`${message} Cancel one to delete its file, or order less: ${remedy.toLowerCase()}`);
    }
  }
}

function piecesOf(body: Uint8Array, number: number, start: bigint) {
  return Array.from({ length: Math.ceil(body.length / PIECE_BYTES) }, (_, index) => {
    const part = Buffer.from(body.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES));
    return { number: number + index, start: start + BigInt(index * PIECE_BYTES), size: part.length, body: part };
  });
}
