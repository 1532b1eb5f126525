/** `npm run migrate -w @weir/prisma`: migrates the database named by `DATABASE_URL`. */
import { migrate } from './migrate.js';

const databaseUrl = process.env.DATABASE_URL;
if (!databaseUrl) {
  process.stderr.write('DATABASE_URL is not set\n');
  process.exit(1);
}
const applied = await migrate(databaseUrl);
process.stdout.write(applied.length > 0 ? `applied ${applied.join(', ')}\n` : 'nothing to apply\n');
