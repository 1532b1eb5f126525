import type { Transaction } from '../platform/prisma.service.js';

/** Any constant will do, as long as nothing else in this database takes the same advisory lock. */
const PRICES_LOCK = 0x50_52_49_43;

/**
 * When the change of prices that this transaction makes becomes known: now, and after every earlier change, so that each
 * book ever published is told apart by its newest change alone. Further changes wait until this one is committed.
 */
export async function nextChange(tx: Transaction): Promise<Date> {
  return new Date(Math.max(Date.now(), (await newestChange(tx)) + 1));
}

/** When prices last changed, epoch ms; 0 = never. Every change that is not committed yet becomes known after it. */
export async function newestChange(tx: Transaction): Promise<number> {
  await lockPrices(tx);
  const newest = await Promise.all([
    tx.priceVersion.aggregate({ _max: { knownFrom: true }, where: { state: 'accepted' } }),
    tx.priceOverride.aggregate({ _max: { knownFrom: true } }),
    tx.exchangeRate.aggregate({ _max: { knownFrom: true } }),
  ]);
  return Math.max(...newest.map(({ _max: { knownFrom } }) => knownFrom?.getTime() ?? 0));
}

/** Changes of prices, of whatever project, happen one after the other until the transaction ends. */
export async function lockPrices(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${PRICES_LOCK})`;
}
