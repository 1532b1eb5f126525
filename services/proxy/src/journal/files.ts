import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { batchMark, confirmMark } from './batch.js';

const SEGMENT = /^(\d{10})\.segment$/;

export const segmentPath = (directory: string, number: number) =>
  join(directory, `${String(number).padStart(10, '0')}.segment`);
export const indexPath = (directory: string, number: number) =>
  join(directory, `${String(number).padStart(10, '0')}.index`);

/** Numbers of the segments in the directory, oldest first. */
export function listSegments(directory: string): number[] {
  return readdirSync(directory)
    .map((name) => SEGMENT.exec(name)?.[1])
    .filter((digits) => digits !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
}

/** What a sealed segment holds, so that a restart need not read it. */
export const segmentIndex = z.object({
  closes: z.number().int(),
  batches: z.array(batchMark),
  confirms: z.array(confirmMark),
});
export type SegmentIndex = z.infer<typeof segmentIndex>;

/** Totals of the segments that are gone already. */
export const journalState = z.object({
  journalId: z.string(),
  /** Segments up to this one are counted here; a file of theirs is a leftover. */
  folded: z.number().int(),
  appended: z.number().int(),
  confirmed: z.number().int(),
  quarantined: z.number().int(),
});
export type JournalState = z.infer<typeof journalState>;

const statePath = (directory: string) => join(directory, 'state.json');

/** null when there is none yet. @throws when it is there but unreadable: never start over beside existing segments. */
export function readState(directory: string): JournalState | null {
  let text: string;
  try {
    text = readFileSync(statePath(directory), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return journalState.parse(JSON.parse(text));
}

export function writeState(directory: string, state: JournalState): void {
  writeDurably(directory, statePath(directory), JSON.stringify(state));
}

export function readIndex(directory: string, number: number): SegmentIndex | null {
  try {
    return segmentIndex.parse(JSON.parse(readFileSync(indexPath(directory, number), 'utf8')));
  } catch {
    // Absent or torn: the segment itself is read instead.
    return null;
  }
}

export function writeIndex(directory: string, number: number, index: SegmentIndex): void {
  writeDurably(directory, indexPath(directory, number), JSON.stringify(index));
}

function writeDurably(directory: string, path: string, text: string): void {
  const temporary = `${path}.new`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  syncDirectory(directory);
}

/** Makes created, renamed and removed names durable. */
export function syncDirectory(directory: string): void {
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
