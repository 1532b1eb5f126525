import type { Transaction } from '../platform/prisma.service.js';

/** E-mails by account id, for what people have set. */
export async function accountNames(
  prisma: Pick<Transaction, 'account'>,
  rows: readonly { readonly createdBy: string }[],
): Promise<(accountId: string) => string> {
  const where = { id: { in: [...new Set(rows.map(({ createdBy }) => createdBy))] } };
  const accounts = await prisma.account.findMany({ where, select: { id: true, email: true } });
  const names = new Map(accounts.map(({ id, email }) => [id, email]));
  return (accountId) => names.get(accountId) ?? 'a removed account';
}
