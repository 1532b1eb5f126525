import type { SeedServer } from './server.js';

/** What each table holds on disk, largest first. Rows of sums that are not merged yet count apart. */
export function storedBytes(server: SeedServer): Promise<{ table: string; rows: number; bytes: number }[]> {
  return server.query(
    `SELECT table, sum(rows) AS rows, sum(bytes_on_disk) AS bytes FROM system.parts
      WHERE active AND database = currentDatabase() GROUP BY table ORDER BY bytes DESC`,
  );
}
