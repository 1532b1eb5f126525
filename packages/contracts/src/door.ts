import { z } from 'zod';

/**
 * The control plane's door: the only place proxies and workers speak to it. Every request carries
 * `authorization: Bearer <door token>`. GET answers carry an `etag` and honour `if-none-match`.
 */
export const DOOR = {
  snapshot: '/door/v1/snapshot',
  priceBook: '/door/v1/price-book',
  /** Server-sent events; each `data:` is a `doorNotice`. A comment line every 5 s keeps it alive. */
  notices: '/door/v1/notices',
  heartbeat: '/door/v1/heartbeat',
  /**
   * Work on the ledger, for workers (restatement.ts). POST `claim` answers with a `restatementWork`, or 204 when nothing
   * waits. The others answer 204, or 409 when the lease is lost or the work was cancelled.
   */
  restatementClaim: '/door/v1/restatements/claim',
  restatementProgress: '/door/v1/restatements/progress',
  restatementResult: '/door/v1/restatements/result',
  restatementFailure: '/door/v1/restatements/failure',
  /** Orders to delete recorded calls, in the same way (transcript-deletion.ts). */
  transcriptDeletionClaim: '/door/v1/transcript-deletions/claim',
  transcriptDeletionProgress: '/door/v1/transcript-deletions/progress',
  transcriptDeletionResult: '/door/v1/transcript-deletions/result',
  transcriptDeletionFailure: '/door/v1/transcript-deletions/failure',
} as const;

export const doorNotice = z.object({ snapshotVersion: z.number().int(), priceBookVersion: z.number().int() });
export type DoorNotice = z.infer<typeof doorNotice>;

/** Posted by each proxy process every second while it serves; journals are named, so restarts do not double counts. */
export const heartbeat = z.object({
  proxyId: z.string().max(127),
  snapshotVersion: z.number().int(),
  snapshotAgeMs: z.number().int(),
  inFlight: z.number().int(),
  journals: z.array(
    z.object({
      journalId: z.string().max(127),
      /** Events written over the journal's life. */
      appended: z.number().int().min(0),
      /** Of these, events whose batch ClickHouse has confirmed. */
      confirmed: z.number().int().min(0),
      /** Of the confirmed, events set aside by the worker. */
      quarantined: z.number().int().min(0),
    }),
  ),
  /** Recorded calls since the proxy started; absent = it is older than recording. */
  transcripts: z
    .object({
      recorded: z.number().int().min(0),
      /** Calls that were to be recorded and are not, by reason. */
      dropped: z.record(z.string().max(31), z.number().int().min(0)),
      /** On disk, and not stored yet. */
      spoolBytes: z.number().int().min(0),
      /** When both began to be counted, epoch ms: a start counts from 0. Absent, like all below = it is older than this. */
      startedAtMs: z.number().int().min(0).optional(),
      /** What the spool may take. */
      spoolMaxBytes: z.number().int().min(0).optional(),
      /** Since when the oldest of it waits, epoch ms; null = nothing waits. */
      waitsSinceMs: z.number().int().min(0).nullable().optional(),
    })
    .optional(),
});
export type Heartbeat = z.infer<typeof heartbeat>;
