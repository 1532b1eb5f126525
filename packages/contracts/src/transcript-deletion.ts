import { z } from 'zod';
import { uuid } from './ids.js';

const instantMs = z.number().int();

/**
 * An order to delete recorded calls as the control plane hands it to a worker: those that began before `orderedAt` and that
 * all of the rest is true of; null = no restriction. Times are UTC epoch ms.
 */
export const transcriptDeletionWork = z.object({
  id: uuid,
  /** Proves the hold in every later message; lost once another worker has taken the work up. */
  lease: uuid,
  projectId: uuid,
  orderedAt: instantMs,
  conversationId: uuid.nullable(),
  appId: uuid.nullable(),
  /** As calls name it. */
  user: z.string().max(255).nullable(),
  providerId: uuid.nullable(),
  /** Calls that began in `[from, to)`. */
  from: instantMs.nullable(),
  to: instantMs.nullable(),
});
export type TranscriptDeletionWork = z.output<typeof transcriptDeletionWork>;

const hold = z.object({ id: uuid, lease: uuid });

/** Posted every few seconds; renews the lease. */
export const transcriptDeletionProgress = hold;
export type TranscriptDeletionProgress = z.output<typeof transcriptDeletionProgress>;

/** What a table held of the order, and what was counted in it afterwards. */
export const erasedTable = z.object({
  table: z.string().max(127),
  found: z.number().int().min(0),
  left: z.number().int().min(0),
});

/** Posted once nothing is left anywhere. */
export const transcriptDeletionResult = hold.extend({
  tables: z.array(erasedTable).min(1).max(32),
  /** When no file with bytes of it was left on the disks of ClickHouse, nor in Redis' append-only file; null = some still were. */
  bytesGoneAt: instantMs.nullable().default(null),
});
export type TranscriptDeletionResult = z.output<typeof transcriptDeletionResult>;

/** Posted when trying again would not help. `problem` is for people. */
export const transcriptDeletionFailure = hold.extend({ problem: z.string().min(1).max(1_000) });
export type TranscriptDeletionFailure = z.output<typeof transcriptDeletionFailure>;

/**
 * `empty`: nothing waited on its disk. `waiting`: something did. `starting`: it had not looked yet. `silent`: it told nothing,
 * and the rest is what it told last.
 */
export const PROXY_SPOOL_STATES = ['empty', 'waiting', 'starting', 'silent'] as const;

/** What a proxy held of recorded calls, of all projects, when an order was done. */
export const proxySpool = z.object({
  proxyId: z.string().max(127),
  state: z.enum(PROXY_SPOOL_STATES),
  bytes: z.number().min(0),
  /** Since when the oldest of it waited; null = nothing did, or the proxy does not tell. */
  waitsSince: instantMs.nullable(),
  /** When it told this. */
  seenAt: instantMs,
});
export type ProxySpool = z.output<typeof proxySpool>;
