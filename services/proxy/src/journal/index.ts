import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { BATCH_MAX_EVENTS, USAGE_QUEUE, type UsageEvent } from '@weir/contracts';
import { openProducer, type Producer } from '@weir/queue';
import { cutBatch } from './batch.js';
import { Conveyor } from './conveyor.js';
import { type JournalState, listSegments, readState, writeIndex, writeState } from './files.js';
import { Journal, type JournalLog } from './journal.js';
import { lockDirectory } from './lock.js';
import { encodeRecord, RECORD } from './record.js';
import { type Found, type FoundSegment, recoverDirectory } from './recover.js';
import { Reserve } from './reserve.js';
import { type Appended, Segment } from './segment.js';

export type { Journal, JournalLog } from './journal.js';

export interface JournalOptions {
  readonly directory: string;
  /** Start of the journal's id; the rest is made once, at random, and kept in the directory. */
  readonly name: string;
  readonly log: JournalLog;
  /** Makes the way to the queue; `onCompleted` must be called for every announced completion. */
  readonly openQueue: (onCompleted: (jobId: string, result: unknown) => void) => Producer;
  readonly segmentBytes?: number;
  readonly cutEveryMs?: number;
  readonly window?: number;
}

/** The journal's own way to the queue behind `url`. */
export function queueAt(url: string, log: JournalLog): JournalOptions['openQueue'] {
  let lastLoggedMs = Number.NEGATIVE_INFINITY;
  const onError = (error: Error) => {
    if (performance.now() - lastLoggedMs < 10_000) return;
    lastLoggedMs = performance.now();
    log('warn', 'the queue cannot be reached; events stay in the journal', { error: error.message });
  };
  return (onCompleted) => openProducer({ url, queue: USAGE_QUEUE, onCompleted, onError });
}

/** Opens a journal directory, recovers what a former process left and starts shipping. @throws WeirError `JOURNAL_LOCKED` */
export function openJournal(options: JournalOptions): {
  journal: Journal;
  close: (timeoutMs?: number) => Promise<void>;
} {
  const { directory, log } = options;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const unlock = lockDirectory(directory);
  const state = readState(directory) ?? firstState(directory, options.name);
  const reserve = new Reserve(directory);
  reserve.release();
  const found = recoverDirectory(directory, state);
  const last = found.segments.at(-1)?.number ?? state.folded;
  sealLeftovers(directory, state.journalId, found);
  if (found.damagedBytes > 0) log('error', 'journal records were damaged', { directory, bytes: found.damagedBytes });
  if (found.interrupted.length > 0) log('warn', 'calls were cut off', { directory, calls: found.interrupted.length });

  let conveyor: Conveyor | undefined;
  const producer = options.openQueue((jobId, result) => conveyor?.completed(jobId, result));
  const journal = new Journal({
    directory,
    state,
    reserve,
    log,
    segment: Segment.create(directory, last + 1),
    segmentBytes: options.segmentBytes ?? 32 * 1024 * 1024,
    cutEveryMs: options.cutEveryMs ?? 200,
    conveyor: (owner) => {
      conveyor = new Conveyor({
        producer,
        window: options.window ?? 200,
        read: owner.readBatch,
        onQueued: (batch) => owner.releaseBody(batch),
        onConfirmed: (batch, quarantined) => owner.confirm(batch, quarantined),
        onDamaged: (batch) => log('error', 'a batch is damaged and stays behind', { batchId: batch.mark.batchId }),
        onError: () => undefined,
      });
      return conveyor;
    },
  });
  for (const { number, index } of found.segments) journal.adopt(number, index);
  journal.resume();
  journal.start();
  return {
    journal,
    close: async (timeoutMs) => {
      await journal.drain(timeoutMs);
      await producer.close();
      unlock();
    },
  };
}

function firstState(directory: string, name: string): JournalState {
  if (listSegments(directory).length > 0) {
    throw new Error(`${directory} holds journal segments but no readable state.json; restore it before starting`);
  }
  const journalId = `${name.replace(/[^A-Za-z0-9-]/g, '-').slice(0, 64)}-${randomBytes(5).toString('hex')}`;
  const state = { journalId, folded: 0, appended: 0, confirmed: 0, quarantined: 0 };
  writeState(directory, state);
  return state;
}

/** Finishes what a former process could not: ends its open calls, cuts its closed events, seals its segments. */
function sealLeftovers(directory: string, journalId: string, found: Found): void {
  const unsealed = found.segments.filter((segment) => segment.unsealed);
  const run = randomBytes(6).toString('hex');
  let sequence = 0;
  for (const found_ of unsealed) {
    const interrupted = found_ === unsealed.at(-1) ? found.interrupted : [];
    sequence = seal(directory, found_, interrupted, (next) => `${journalId}-${run}-${next}`, sequence);
  }
}

function seal(
  directory: string,
  { number, index, unsealed }: FoundSegment,
  interrupted: readonly UsageEvent[],
  batchIdOf: (sequence: number) => string,
  sequence: number,
): number {
  if (!unsealed) return sequence;
  const segment = Segment.reopen(directory, number, unsealed.sizeBytes);
  const uncut = [...unsealed.uncut];
  for (const event of interrupted) {
    const [closed] = segment.append([encodeRecord(RECORD.close, JSON.stringify(event))]);
    uncut.push({ ...(closed as Appended), startedAt: event.startedAt });
    index.closes++;
  }
  let next = sequence;
  for (let at = 0; at < uncut.length; at += BATCH_MAX_EVENTS) {
    const { mark } = cutBatch(batchIdOf(++next), uncut.slice(at, at + BATCH_MAX_EVENTS));
    segment.append([encodeRecord(RECORD.batch, JSON.stringify(mark))]);
    index.batches.push(mark);
  }
  segment.syncNow();
  writeIndex(directory, number, index);
  segment.close();
  return next;
}
