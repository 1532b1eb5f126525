import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Home } from './home.js';
import { isSame, signalGroup } from './process-id.js';

const record = z.object({
  processes: z.record(z.string(), z.object({ pid: z.number().int(), startedAt: z.string() })),
});

const GONE_WITHIN_MS = 10_000;

/**
 * Ends processes that an earlier run on this home left behind because it and its guardian were killed.
 * Call it only while holding the home's lock.
 * @returns names of those that were still alive
 */
export async function endLeftovers(home: Home): Promise<string[]> {
  const file = join(home.root, 'run.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // No record: the last run ended in order, or there was none.
    return [];
  }
  const parsed = record.safeParse(parseJson(text));
  const alive = Object.entries(parsed.data?.processes ?? {}).filter(([, process]) => isSame(process));
  for (const [, { pid }] of alive) signalGroup(pid, 'SIGTERM');
  const deadline = Date.now() + GONE_WITHIN_MS;
  while (alive.some(([, process]) => isSame(process))) {
    if (Date.now() > deadline) for (const [, { pid }] of alive) signalGroup(pid, 'SIGKILL');
    await delay(50);
  }
  rmSync(file, { force: true });
  return alive.map(([name]) => name);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Cut short when its writer died.
    return null;
  }
}
