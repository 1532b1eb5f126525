import { Conflict } from '../platform/errors.js';
import type { Transaction } from '../platform/prisma.service.js';
import { monthsIn } from './calendar.js';

/** Changes of the ledger and of its months happen one after the other within a project, for as long as `tx` lasts. */
export async function lockLedger(tx: Transaction, projectId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM "Project" WHERE id = ${projectId}::uuid FOR NO KEY UPDATE`;
}

/** @throws Conflict `MONTH_CLOSED` when calls that began in `[from, to)` belong to a closed month */
export async function refuseClosed(tx: Transaction, projectId: string, from: number, to: number): Promise<void> {
  const closed = await tx.accountingMonth.findMany({
    where: { projectId, isClosed: true, month: { in: monthsIn(from, to).map(({ name }) => name) } },
    orderBy: { month: 'asc' },
    select: { month: true },
  });
  if (closed.length === 0) return;
  const names = closed.map(({ month }) => month).join(', ');
  const [is, it] = closed.length === 1 ? ['is', 'it'] : ['are', 'them'];
  throw new Conflict('MONTH_CLOSED', `${names} ${is} closed. Reopen ${it} first, or choose another range.`, 'range');
}
