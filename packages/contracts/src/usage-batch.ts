import { z } from 'zod';

/** Queue every proxy ships its batches to and every usage-worker consumes. */
export const USAGE_QUEUE = 'usage';

/** Events a batch holds at the most. */
export const BATCH_MAX_EVENTS = 2_000;

/**
 * One immutable batch: cut once, recorded in the journal, and named by `batchId` everywhere after
 * (BullMQ `jobId`, ClickHouse `insert_deduplication_token`). `body` is a JSON array of usage events as text, so that
 * one malformed event can be set aside without touching its neighbours.
 */
export const usageBatch = z.object({
  v: z.literal(1),
  /** `<journalId>-<sequence>`: letters, digits and hyphens only, since BullMQ refuses a colon. */
  batchId: z.string().regex(/^[A-Za-z0-9-]{1,127}$/),
  events: z.number().int().min(1).max(BATCH_MAX_EVENTS),
  /** crc32c of the UTF-8 bytes of `body`; a batch whose bytes changed is refused, never stored. */
  crc32c: z.number().int().min(0).max(0xffff_ffff),
  /** Earliest and latest `startedAt` in the batch, UTC epoch ms: bounds the look-up that tells whether it is stored. */
  from: z.number().int(),
  to: z.number().int(),
  body: z.string(),
  /** W3C context of the span that sent it, where telemetry is on. */
  traceparent: z.string().max(255).optional(),
});
export type UsageBatch = z.infer<typeof usageBatch>;

/** What the worker returns for a job once every row of the batch is in ClickHouse. */
export const batchReceipt = z.object({
  batchId: z.string(),
  stored: z.number().int().min(0),
  quarantined: z.number().int().min(0),
});
export type BatchReceipt = z.infer<typeof batchReceipt>;
