import type { PriceBook } from '@weir/contracts';
import { type BatchReceipt, WeirError } from '@weir/contracts';
import { UnrecoverableError } from 'bullmq';
import { openBatch } from './batch/open-batch.js';
import type { Log } from './log.js';
import type { Progress } from './progress.js';
import type { BatchStore } from './store/batch-store.js';

/** What of a queue job the worker looks at. */
export interface BatchJob {
  readonly data: unknown;
  /** Times it was taken up, this one included. */
  readonly attemptsStarted: number;
  readonly attemptsMade: number;
  readonly stalledCounter: number;
}

export interface ConsumeOptions {
  readonly store: BatchStore;
  /** The book to rate calls by that began up to `startedMs`; null = there is none yet. */
  readonly priceBook: (startedMs: number) => Promise<PriceBook | null> | PriceBook | null;
  readonly progress: Progress;
  readonly log: Log;
  readonly now?: () => number;
}

/** A batch cut longer ago than this may have come by another way before. */
const FRESH_MS = 60_000;

/** Failed jobs that carry this are dropped from the queue: their producer still has the true bytes and sends them. */
export const REFUSED = 'BATCH_REFUSED';

/**
 * One job is one batch. Returns the receipt once every row is in ClickHouse, which is what the proxy takes as
 * confirmation.
 */
export function consume({ store, priceBook, progress, log, now = Date.now }: ConsumeOptions) {
  return async (job: BatchJob): Promise<BatchReceipt> => {
    progress.touch();
    const open = openOrRefuse(job.data, progress, log);
    const book = await priceBook(open.events.reduce((latest, { startedAt }) => Math.max(latest, startedAt), 0));
    if (!book) throw new WeirError('PRICE_BOOK_MISSING', 'there is no price book to rate with', { retryable: true });
    const isRepeat =
      job.attemptsStarted > 1 || job.attemptsMade > 0 || job.stalledCounter > 0 || open.batch.to < now() - FRESH_MS;
    const receipt = await store.store(open, book, isRepeat);
    progress.stored(receipt.stored, receipt.quarantined);
    if (receipt.quarantined > 0) {
      const reasons = [...new Set(open.quarantined.map(({ reason }) => reason))];
      log('warn', 'events set aside', { batchId: receipt.batchId, events: receipt.quarantined, reasons });
    }
    return receipt;
  };
}

function openOrRefuse(data: unknown, progress: Progress, log: Log) {
  try {
    return openBatch(data);
  } catch (error) {
    if (!(error instanceof WeirError)) throw error;
    progress.refused++;
    log('error', error.message, { code: error.code });
    throw new UnrecoverableError(`${REFUSED}: ${error.message}`);
  }
}
