import type { LedgerEntry } from '@weir/clickhouse';
import type { PrismaService } from '../../platform/prisma.service.js';
import type { RestatementRefType } from './receipts.types.js';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/**
 * The restatement each entry was booked by; null = the first rating of a call. New entries bear its id as their run, and
 * everything it books its id in the batch; a reversal bears the run that it takes back.
 */
export async function restatementsOf(
  prisma: PrismaService,
  projectId: string,
  entries: readonly LedgerEntry[],
): Promise<(entry: LedgerEntry) => RestatementRefType | null> {
  const ids = [...new Set(entries.flatMap(idsIn))];
  const rows = ids.length ? await prisma.restatement.findMany({ where: { projectId, id: { in: ids } } }) : [];
  const known = new Map(
    rows.map(({ id, number, bookedBy, reason, bookedAt }) => [id, { id, number, by: bookedBy, reason, at: bookedAt }]),
  );
  return (entry) => idsIn(entry).flatMap((id) => known.get(id) ?? [])[0] ?? null;
}

function idsIn({ runId, batchId, isReversal }: LedgerEntry): string[] {
  return [...(batchId.match(UUID) ?? []), ...(isReversal ? [] : (runId.match(UUID) ?? []))];
}
