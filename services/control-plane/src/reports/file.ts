import type { UsageReport, UsageReportPiece } from '@weir/prisma';
import type { PrismaService, Transaction } from '../platform/prisma.service.js';

/** Ends a report without a file, and takes it from whoever works on it. */
export async function dropFile(
  tx: Transaction,
  id: string,
  state: 'cancelled' | 'failed' | 'expired',
  problem: string | null = null,
): Promise<UsageReport> {
  const row = await tx.usageReport.update({
    where: { id },
    data: { state, problem, leaseId: null, leaseUntil: null, stalledAt: null },
  });
  await tx.usageReportPiece.deleteMany({ where: { reportId: id } });
  await tx.usageReportSlice.deleteMany({ where: { reportId: id } });
  return row;
}

/**
 * Bytes `[from, to)` of a file, piece by piece: one is in memory at a time, and the next is read when it was taken.
 * @throws Error when the file is deleted meanwhile
 */
export async function* bytesOf(
  prisma: PrismaService,
  reportId: string,
  from: number,
  to: number,
): AsyncGenerator<Buffer, void, undefined> {
  for (let at = from; at < to; ) {
    const piece = await pieceAt(prisma, reportId, at);
    if (!piece) throw new Error('the file of the report is gone');
    const start = Number(piece.start);
    const end = Math.min(start + piece.size, to);
    yield Buffer.from(piece.body).subarray(at - start, end - start);
    at = end;
  }
}

async function pieceAt(prisma: PrismaService, reportId: string, at: number): Promise<UsageReportPiece | null> {
  const piece = await prisma.usageReportPiece.findFirst({
    where: { reportId, start: { lte: BigInt(at) } },
    orderBy: { start: 'desc' },
  });
  return piece && Number(piece.start) + piece.size > at ? piece : null;
}
