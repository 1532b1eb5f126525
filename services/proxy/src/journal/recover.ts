import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { UsageEvent } from '@weir/contracts';
import { type BatchMark, batchMark, type ClosedEvent, type ConfirmMark, confirmMark } from './batch.js';
import { indexPath, type JournalState, listSegments, readIndex, type SegmentIndex, segmentPath } from './files.js';
import { RECORD, scanRecords } from './record.js';

/** One segment that a former process left. */
export interface FoundSegment {
  readonly number: number;
  /** From its index, or read out of the segment itself. */
  readonly index: SegmentIndex;
  /** null: the segment was sealed, nothing is open. */
  readonly unsealed: { readonly sizeBytes: number; readonly uncut: ClosedEvent[] } | null;
}

export interface Found {
  readonly segments: FoundSegment[];
  /** Calls that were open when the former process ended, as last known. */
  readonly interrupted: UsageEvent[];
  readonly damagedBytes: number;
}

/** Reads what is in a journal directory. Leftovers of counted segments are removed; damaged files are copied aside. */
export function recoverDirectory(directory: string, state: JournalState): Found {
  const open = new Map<string, UsageEvent>();
  const segments: FoundSegment[] = [];
  let damagedBytes = 0;
  for (const number of listSegments(directory)) {
    if (number <= state.folded) {
      removeSegment(directory, number);
      continue;
    }
    const index = readIndex(directory, number);
    if (index) {
      segments.push({ number, index, unsealed: null });
      continue;
    }
    const { segment, damaged } = readSegment(directory, number, open);
    if (damaged > 0) copyFileSync(segmentPath(directory, number), join(directory, `${number}.damaged`));
    damagedBytes += damaged;
    segments.push(segment);
  }
  return { segments, interrupted: [...open.values()], damagedBytes };
}

export function removeSegment(directory: string, number: number): void {
  rmSync(indexPath(directory, number), { force: true });
  rmSync(segmentPath(directory, number), { force: true });
}

function readSegment(directory: string, number: number, open: Map<string, UsageEvent>) {
  const bytes = readFileSync(segmentPath(directory, number));
  const scan = scanRecords(bytes);
  const batches: BatchMark[] = [];
  const confirms: ConfirmMark[] = [];
  let uncut: ClosedEvent[] = [];
  let closes = 0;
  for (const { type, payload, offset, end } of scan.records) {
    const content: unknown = JSON.parse(payload.toString('utf8'));
    if (type === RECORD.open || type === RECORD.checkpoint) {
      const event = content as UsageEvent;
      open.set(event.eventId, event);
    } else if (type === RECORD.close) {
      const { eventId, startedAt } = content as UsageEvent;
      open.delete(eventId);
      uncut.push({ payload, startedAt, offset, end });
      closes++;
    } else if (type === RECORD.batch) {
      const mark = batchMark.parse(content);
      batches.push(mark);
      uncut = uncut.filter((event) => event.offset >= mark.end);
    } else {
      confirms.push(confirmMark.parse(content));
    }
  }
  // A torn tail is the write that was under way; damage is anything lost between good records.
  const damaged = scan.damaged.reduce((sum, gap) => sum + gap.to - gap.from, 0);
  const segment: FoundSegment = {
    number,
    index: { closes, batches, confirms },
    unsealed: { sizeBytes: scan.end, uncut },
  };
  return { segment, damaged };
}
