import { migrate as migrateClickHouse } from '@weir/clickhouse';
import { migrate as migrateDatabase } from '@weir/prisma';
import { migrateQueue } from '@weir/queue';

/** Brings all three stores to the newest schema; safe to repeat. */
export async function migrateAll(urls: {
  readonly databaseUrl: string;
  readonly clickhouseUrl: string;
  readonly queueUrl: string;
}): Promise<void> {
  await Promise.all([
    migrateDatabase(urls.databaseUrl),
    migrateClickHouse(urls.clickhouseUrl),
    migrateQueue(urls.queueUrl),
  ]);
}
