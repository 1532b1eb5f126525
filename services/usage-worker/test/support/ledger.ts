import { type Writer } from '@weir/clickhouse';
import {
  newId,
  type PriceBook,
  type PriceOverride,
  type RestatementCheckpoint,
  type RestatementDifference,
  type RestatementWork,
  restatementFilter,
  type UsageEvent,
  WeirError,
} from '@weir/contracts';
import { z } from 'zod';
import { openBatch } from '../../src/batch/open-batch.js';
import { type RunOptions, run } from '../../src/restatement/run.js';
import { BatchStore } from '../../src/store/batch-store.js';
import { Gate } from '../../src/store/gate.js';
import { batchOfEvents, priceBook } from './batches.js';

/** 1 USD per million of input and 2 of output for model `m`; from `knownFrom` on known to have been 3 and 5 in `openai-main`. */
export function bookWithCorrection(projectId: string, knownFrom: number): PriceBook {
  return corrected({ ...priceBook(), version: 2 }, { projectId, knownFrom, rates: { input: '3', output: '5' } });
}

/** The book with what became known later: it ends what was believed of the model before. */
export function corrected(
  book: PriceBook,
  change: Pick<PriceOverride, 'projectId' | 'rates'> & { readonly knownFrom: number; readonly model?: string },
): PriceBook {
  const { projectId, knownFrom, rates, model = 'm' } = change;
  const before = book.overrides.map((one) =>
    one.model === model && one.knownUntil === null ? { ...one, knownUntil: knownFrom } : one,
  );
  const correction = {
    ...{ id: newId(), projectId, provider: 'openai-main', model, serviceTier: null, currency: 'USD' },
    ...{ rates, from: 0, until: null, knownFrom, knownUntil: null },
  };
  return { ...book, version: book.version + 1, overrides: [...before, correction] };
}

const gate = new Gate({
  firstDelayMs: 5,
  maxDelayMs: 50,
  onFailure: () => undefined,
  signal: new AbortController().signal,
});

/** As a worker stores a batch from the queue. */
export async function storeEvents(writer: Writer, batchId: string, events: readonly UsageEvent[], book: PriceBook) {
  const store = new BatchStore(writer, gate, 'on');
  const open = openBatch(batchOfEvents(batchId, events));
  await store.store(open, book, false);
  /** The queue hands it out once more. */
  return (again: PriceBook) => store.store(open, again, true);
}

export function workOf(over: Partial<RestatementWork> & Pick<RestatementWork, 'projectId'>): RestatementWork {
  return {
    ...{ id: newId(), lease: newId(), phase: 'preview', from: Date.UTC(2025, 9, 1), to: Date.UTC(2026, 0, 1) },
    ...{ filter: restatementFilter.parse({}), knownAt: Date.UTC(2026, 5, 1), priceBookVersion: 1 },
    ...{ reverses: null, undone: {}, checkpoint: null, ...over },
  };
}

export class Killed extends Error {}

export interface Perform {
  readonly writer: Writer;
  readonly book: PriceBook;
  readonly pageEvents?: number;
  /** Called at each boundary; true = the worker is killed there. */
  readonly isKilled?: () => boolean;
  readonly onReport?: (checkpoint: RestatementCheckpoint) => void;
}

/** Does the work as workers do who are killed at the boundaries named, each going on from what the one before reported. */
export async function perform(work: RestatementWork, options: Perform): Promise<RestatementDifference> {
  const { isKilled = () => false, onReport } = options;
  const boundary = () => {
    if (isKilled()) throw new Killed();
  };
  let { checkpoint } = work;
  const persist: RunOptions['persist'] = (step) =>
    gate
      .through(async (isRepeat) => {
        try {
          boundary();
          const value = await step(isRepeat);
          boundary();
          return { value };
        } catch (error) {
          if (error instanceof WeirError && error.retryable) throw error;
          return { error };
        }
      })
      .then((outcome) => {
        if ('error' in outcome) throw outcome.error;
        return outcome.value;
      });
  for (;;) {
    try {
      return await run({
        ...{ writer: options.writer, book: options.book, work: { ...work, checkpoint }, persist },
        ...(options.pageEvents === undefined ? {} : { pageEvents: options.pageEvents }),
        confirm: async () => undefined,
        report: async (_total, next) => {
          boundary();
          checkpoint = next;
          onReport?.(next);
          boundary();
        },
      });
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
  }
}

const sums = z.object({
  spend: z.string(),
  input: z.string(),
  output: z.string(),
  rated: z.number(),
  priced: z.number(),
});

/** What must hold of a project's ledger whatever was done to it, and what it comes to. */
export async function audit(writer: Writer, projectId: string) {
  const ask = async <Row extends z.ZodType>(name: string, sql: string, row: Row) => {
    const [found] = await writer.query({ name, sql, params: { projectId }, row });
    return found as z.output<Row>;
  };
  const rows = await ask(
    'audit-rows',
    `SELECT toString(sum(ifNull(total, toDecimal128(0, 12)))) AS spend, toString(sum(amount_input)) AS input,
      toString(sum(amount_output)) AS output, toInt64(sum(sign)) AS rated, toInt64(sumIf(sign, isNotNull(total))) AS priced
      FROM ratings_v1 WHERE project_id = {projectId:UUID}`,
    sums,
  );
  const rollup = await ask(
    'audit-rollup',
    `SELECT toString(sum(spend)) AS spend, toString(sum(spend_input)) AS input, toString(sum(spend_output)) AS output,
      sum(rated_calls) AS rated, sum(priced_calls) AS priced FROM usage_per_hour_v1 WHERE project_id = {projectId:UUID}`,
    sums,
  );
  const broken = await ask(
    'audit-broken',
    `SELECT countIf(standing != 1 OR odd) AS broken FROM (
      SELECT event_id, sum(net) AS standing, max(net NOT IN (0, 1)) AS odd FROM (
        SELECT event_id, run_id, toInt64(sum(sign)) AS net FROM ratings_v1 WHERE project_id = {projectId:UUID} GROUP BY event_id, run_id)
      GROUP BY event_id)`,
    z.object({ broken: z.number() }),
  );
  const entries = await ask(
    'audit-entries',
    'SELECT count() AS entries FROM ratings_v1 WHERE project_id = {projectId:UUID}',
    z.object({ entries: z.number() }),
  );
  const lines = await ask(
    'audit-lines',
    `SELECT toString(sum(amount)) AS spend, toInt64(sumIf(events, bucket = '')) AS rated
      FROM rating_lines_per_hour_v1 WHERE project_id = {projectId:UUID}`,
    z.object({ spend: z.string(), rated: z.number() }),
  );
  return { rows, rollup, lines, broken: broken.broken, entries: entries.entries };
}
