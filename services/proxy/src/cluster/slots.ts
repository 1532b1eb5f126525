import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Directory of the journal that the worker in a slot writes. */
export function slotDirectory(home: string, slot: number): string {
  return join(home, 'journal', `slot-${slot}`);
}

/** Where the worker in a slot spools what it records. */
export function transcriptDirectory(home: string, slot: number): string {
  return join(home, 'transcripts', `slot-${slot}`);
}

/** Where the worker in a slot spools the spans it takes in. */
export function spanDirectory(home: string, slot: number): string {
  return join(home, 'spans', `slot-${slot}`);
}

/** Slots that have a journal, whether or not a worker still runs in them. */
export function journalSlots(home: string): number[] {
  const directory = join(home, 'journal');
  if (!existsSync(directory)) return [];
  return readdirSync(directory).flatMap((name) => {
    const match = /^slot-(\d{1,4})$/.exec(name);
    return match ? [Number(match[1])] : [];
  });
}
