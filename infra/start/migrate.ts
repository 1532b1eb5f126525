import { migrateAll } from '../embedded/migrate.js';

/** The migrate job of a deployment: brings the stores that the environment names to the newest schema, then ends. */
const { DATABASE_URL, CLICKHOUSE_URL, WEIR_QUEUE_URL, REDIS_URL } = process.env;
const queueUrl = WEIR_QUEUE_URL || REDIS_URL;
if (!DATABASE_URL || !CLICKHOUSE_URL || !queueUrl) {
  process.stderr.write('Set DATABASE_URL, CLICKHOUSE_URL and WEIR_QUEUE_URL (or REDIS_URL).\n');
  process.exit(1);
}
await migrateAll({ databaseUrl: DATABASE_URL, clickhouseUrl: CLICKHOUSE_URL, queueUrl });
process.stdout.write('All stores have the newest schema.\n');
