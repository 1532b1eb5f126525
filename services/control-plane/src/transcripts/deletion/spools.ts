import type { ProxySpool } from '@weir/contracts';
import type { Prisma } from '@weir/prisma';

/** More proxies than anybody runs; homes of those that are gone for good are forgotten. */
const MAX_SPOOLS = 500;

/**
 * What proxies told last of the calls on their disks, of all projects; they tell it every second. One that began to run
 * within the minute may not have looked through its disk yet.
 */
export function proxySpools(tx: Prisma.TransactionClient): Promise<ProxySpool[]> {
  return tx.$queryRaw<ProxySpool[]>`
    SELECT "proxyId",
      CASE WHEN "seenAt" < now() - interval '10 s' THEN 'silent' WHEN "spoolBytes" > 0 THEN 'waiting'
        WHEN "startedAt" > "seenAt" - interval '1 min' THEN 'starting' ELSE 'empty' END AS "state",
      "spoolBytes"::float8 AS "bytes",
      (extract(epoch FROM "waitsSince") * 1000)::float8 AS "waitsSince",
      (extract(epoch FROM "seenAt") * 1000)::float8 AS "seenAt"
    FROM "RecordingReport" WHERE "seenAt" > now() - interval '30 d' OR "spoolBytes" > 0
    ORDER BY "seenAt" < now() - interval '10 s', "proxyId" LIMIT ${MAX_SPOOLS}`;
}
