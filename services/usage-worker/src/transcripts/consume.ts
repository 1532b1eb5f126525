import { setImmediate as turnOfEvents } from 'node:timers/promises';
import type { Deletion } from '@weir/clickhouse';
import { type BatchReceipt, decodeFrame, type TranscriptFrame } from '@weir/contracts';
import type { Log } from '../log.js';
import type { Gate } from '../store/gate.js';
import { persistently } from '../store/persistently.js';
import { opened } from './frames.js';
import { type ReadTurn, readTurn } from './read-turn.js';
import { Settling } from './settling.js';
import type { Tally } from './tally.js';
import type { TurnStore } from './turn-store.js';

export interface ConsumeTranscriptsOptions {
  readonly store: TurnStore;
  readonly gate: Gate;
  readonly tally: Tally;
  /** Carries out orders that were given while turns they are about were being stored. */
  readonly erase: (orders: readonly Deletion[]) => Promise<void>;
  /** Runs work when nothing else changes the store. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
  readonly log: Log;
}

/**
 * One job is one batch of recorded calls. What cannot be read is counted and left out, and nothing of it is told: it may
 * hold anything. Calls of several batches are stored in the order in which they were made. Rejects only when the process
 * ends.
 */
export function consumeTranscripts({ store, gate, tally, erase, alone, log }: ConsumeTranscriptsOptions) {
  const stored = new Set<string>();
  const refused = new Set<string>();

  const storeAll = async (projectId: string, some: readonly ReadTurn[]): Promise<void> => {
    const outcome = await persistently(gate, () => store.store(projectId, some));
    if ('done' in outcome) {
      const { done } = outcome;
      for (const id of done.stored) stored.add(id);
      tally.stored += done.stored.size;
      tally.repeated += done.repeated;
      tally.deleted += done.deleted;
      if (done.overtaken.length > 0) await erase(done.overtaken);
    } else if (some.length > 1) {
      // One of them is what the store will never take; the others are not to go with it.
      for (const one of some) await storeAll(projectId, [one]);
    } else {
      for (const { head, batchId } of some) {
        refused.add(head.eventId);
        log('error', `a recorded call is left out: ${outcome.reason}`, { batchId });
      }
      tally.refused++;
    }
  };

  const settling = new Settling<ReadTurn>(endedAtMs, (turns) =>
    alone(async () => {
      for (const [projectId, some] of Map.groupBy(turns, ({ head }) => head.projectId)) await storeAll(projectId, some);
    }),
  );

  /** How many of these were put there; they are taken out again. */
  const taken = (from: Set<string>, turns: readonly ReadTurn[]): number =>
    turns.filter(({ head }) => from.delete(head.eventId)).length;

  return async (job: { readonly data: unknown }): Promise<BatchReceipt> => {
    const { batchId, frames, bad } = opened(job.data, decodeFrame, log);
    const { turns, unread } = await read(frames, batchId);
    const badFrames = bad + unread;
    await settling.settle(turns, sourceOf(batchId));
    tally.bad += badFrames;
    if (badFrames > 0) log('warn', 'recorded calls cannot be read', { batchId, frames: badFrames });
    return { batchId, stored: taken(stored, turns), quarantined: badFrames + taken(refused, turns) };
  };
}

/** A spool's batches have its name, and a number. */
const sourceOf = (batchId: string): string => batchId.slice(0, batchId.lastIndexOf('-'));

const endedAtMs = ({ head }: ReadTurn): number => head.startedAt + (head.durationMs ?? 0);

async function read(
  frames: readonly TranscriptFrame[],
  batchId: string,
): Promise<{ turns: ReadTurn[]; unread: number }> {
  const turns: ReadTurn[] = [];
  for (const frame of frames) {
    try {
      turns.push(readTurn(frame, batchId));
    } catch {
      // Counted; a message could quote what was said.
    }
    // Usage and the lease on its batches do not wait for somebody's long conversation.
    await turnOfEvents();
  }
  return { turns, unread: frames.length - turns.length };
}
