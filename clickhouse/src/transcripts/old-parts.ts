import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Writer } from '../client.js';
import { CONTENT_TABLES, type ErasableTable, SPAN_TABLE, TURN_TABLES, whereRowsAre } from './erasure.js';

const ASK_EVERY_MS = 500;
const NAMES: readonly ErasableTable[] = [...CONTENT_TABLES, ...TURN_TABLES, SPAN_TABLE];

/**
 * Waits until every file is off the disks that belonged to a table of recorded calls and was replaced before now: the bytes of
 * what was deleted, and earlier copies of them that merges left.
 * @returns UTC epoch ms of the server; null where some are still there after `patienceMs`, or when `signal` aborts
 */
export async function oldPartsGone(writer: Writer, patienceMs: number, signal: AbortSignal): Promise<number | null> {
  const tables = await Promise.all(NAMES.map((name) => whereRowsAre(writer, name)));
  const { parts } = tables[0] as (typeof tables)[number];
  const begun = await now(writer);
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const names = tables.map(({ name }) => name);
    if (!(await hasOldParts(writer, parts, names, begun))) return now(writer);
    if (performance.now() > deadline || signal.aborted) return null;
    await sleep(ASK_EVERY_MS);
  }
}

async function now(writer: Writer): Promise<number> {
  const [row] = await writer.query({
    name: 'server-time',
    sql: 'SELECT toUnixTimestamp(now()) AS s',
    row: z.object({ s: z.number().int() }),
  });
  return (row?.s ?? 0) * 1_000;
}

async function hasOldParts(writer: Writer, parts: string, tables: readonly string[], before: number) {
  const [found] = await writer.query({
    name: 'old-parts',
    // Asking for `_state` shows those, too, whose files are being removed.
    sql: `SELECT count() AS n FROM ${parts} WHERE database = currentDatabase() AND table IN {tables:Array(String)}
      AND _state IN ('Outdated', 'Deleting') AND remove_time <= fromUnixTimestamp({before:UInt32})`,
    params: { tables, before: before / 1_000 },
    row: z.object({ n: z.number() }),
  });
  return found?.n !== 0;
}
