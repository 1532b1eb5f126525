import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Home } from '../embedded/home.js';

const state = z.object({
  /** The moment the history ends at: a repeat after a crash makes the same events again. */
  untilMs: z.number().optional(),
  isHistoryStored: z.boolean().default(false),
  /** The same of what was said. */
  saidUntilMs: z.number().optional(),
  isSaidStored: z.boolean().default(false),
  /** Values of the apps' tokens, which the control plane shows only once. */
  tokens: z.record(z.string(), z.string()).default({}),
});
export type DemoState = z.infer<typeof state>;

const fileOf = (home: Home) => join(home.keys, 'demo.json');

export function readState(home: Home): DemoState {
  try {
    return state.parse(JSON.parse(readFileSync(fileOf(home), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return state.parse({});
    throw error;
  }
}

export function changeState(home: Home, change: Partial<DemoState>): DemoState {
  const changed = { ...readState(home), ...change };
  const partial = `${fileOf(home)}.partial`;
  writeFileSync(partial, JSON.stringify(changed, null, 2), { mode: 0o600 });
  renameSync(partial, fileOf(home));
  return changed;
}
