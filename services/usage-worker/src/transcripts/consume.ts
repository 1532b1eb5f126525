import { setImmediate as turnOfEvents } from 'node:timers/promises';
import type { Deletion } from '@weir/clickhouse';
import { type BatchReceipt, type TranscriptFrame, WeirError } from '@weir/contracts';
import { UnrecoverableError } from 'bullmq';
import type { Log } from '../log.js';
import type { Gate } from '../store/gate.js';
import { type OpenFrames, openFrames } from './frames.js';
import { type ReadTurn, readTurn } from './read-turn.js';
import type { Tally } from './tally.js';
import type { TurnStore } from './turn-store.js';

export interface ConsumeTranscriptsOptions {
  readonly store: TurnStore;
  readonly gate: Gate;
  readonly tally: Tally;
  /** Carries out orders that were given while turns they are about were being stored. */
  readonly erase: (orders: readonly Deletion[]) => Promise<void>;
  readonly log: Log;
}

/** Failed jobs that carry this are dropped from the queue. */
export const TRANSCRIPTS_REFUSED = 'TRANSCRIPT_BATCH_REFUSED';

/**
 * One job is one batch of recorded calls. What cannot be read is counted and left out, and nothing of it is told: it may
 * hold anything. Rejects only when the process ends.
 */
export function consumeTranscripts({ store, gate, tally, erase, log }: ConsumeTranscriptsOptions) {
  return async (job: { readonly data: unknown }): Promise<BatchReceipt> => {
    const { batchId, frames, bad } = opened(job.data, log);
    const { turns, unread } = await read(frames);
    const badFrames = bad + unread;
    let stored = 0;
    let refused = 0;
    const storeAll = async (projectId: string, some: readonly ReadTurn[]): Promise<void> => {
      const outcome = await persistently(gate, () => store.store(projectId, some, batchId));
      if ('done' in outcome) {
        const { done } = outcome;
        stored += done.stored;
        tally.repeated += done.repeated;
        tally.deleted += done.deleted;
        if (done.overtaken.length > 0) await erase(done.overtaken);
      } else if (some.length > 1) {
        // One of them is what the store will never take; the others are not to go with it.
        for (const one of some) await storeAll(projectId, [one]);
      } else {
        refused++;
        log('error', `a recorded call is left out: ${outcome.reason}`, { batchId });
      }
    };
    for (const [projectId, some] of Map.groupBy(turns, ({ head }) => head.projectId)) await storeAll(projectId, some);
    tally.stored += stored;
    tally.bad += badFrames;
    tally.refused += refused;
    if (badFrames > 0) log('warn', 'recorded calls cannot be read', { batchId, frames: badFrames });
    return { batchId, stored, quarantined: badFrames + refused };
  };
}

function opened(data: unknown, log: Log): OpenFrames {
  try {
    return openFrames(data);
  } catch (error) {
    const { message } = error as Error;
    log('error', message, { code: TRANSCRIPTS_REFUSED });
    throw new UnrecoverableError(`${TRANSCRIPTS_REFUSED}: ${message}`);
  }
}

async function read(frames: readonly TranscriptFrame[]): Promise<{ turns: ReadTurn[]; unread: number }> {
  const turns: ReadTurn[] = [];
  for (const frame of frames) {
    try {
      turns.push(readTurn(frame));
    } catch {
      // Counted; a message could quote what was said.
    }
    // Usage and the lease on its batches do not wait for somebody's long conversation.
    await turnOfEvents();
  }
  return { turns, unread: frames.length - turns.length };
}

/** Waits out what passes, for ever. What does not is told by its code: a message could quote what was said. */
function persistently<T>(gate: Gate, step: () => Promise<T>): Promise<{ done: T } | { reason: string }> {
  return gate.through(async () => {
    try {
      return { done: await step() };
    } catch (error) {
      if (error instanceof WeirError && error.retryable) throw error;
      return { reason: error instanceof WeirError ? error.code : 'UNEXPECTED' };
    }
  });
}
