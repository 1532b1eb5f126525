import { z } from 'zod';
import { uuid } from './ids.js';

const instantMs = z.number().int();
const count = z.number().int().min(0);
/** Decimal text in USD, at most 12 places, signed. */
const usd = z.string().regex(/^-?\d+(\.\d{1,12})?$/);

/** Which calls of a range are rated again; an empty list = no restriction. */
export const restatementFilter = z.object({
  providers: z.array(z.string()).default([]),
  /** The model that served, else the one asked for. */
  models: z.array(z.string()).default([]),
  apps: z.array(z.string()).default([]),
  environments: z.array(z.string()).default([]),
  /** Only calls whose standing rating is unpriced. */
  unpricedOnly: z.boolean().default(false),
});
export type RestatementFilter = z.output<typeof restatementFilter>;

/** Keys that are named one by one in each split of a difference; the rest are added up in one line: a report fits in 1 MiB. */
export const DIFFERENCE_KEYS = 250;

export const differenceLine = z.object({
  key: z.string(),
  /** The sum of the keys beyond `DIFFERENCE_KEYS`; its `key` is empty. */
  other: z.boolean(),
  /** Changed events that have anything under this key, before or after. */
  events: count,
  before: usd,
  after: usd,
  difference: usd,
});
export type DifferenceLine = z.output<typeof differenceLine>;

/** What a restatement changes. Sums are over the changed events; unpriced counts as nothing in them and is counted apart. */
export const restatementDifference = z.object({
  eventsSeen: count,
  eventsChanged: count,
  newlyPriced: count,
  newlyUnpriced: count,
  /** Events left alone: what stands was rated by newer prices or, of a reversal, by a later run. */
  restatedSince: count,
  before: usd,
  after: usd,
  difference: usd,
  byProvider: z.array(differenceLine),
  byModel: z.array(differenceLine),
  byBucket: z.array(differenceLine),
});
export type RestatementDifference = z.output<typeof restatementDifference>;

/** How far a worker has come, so that another can go on. */
export const restatementCheckpoint = z.object({
  /** Number of the next page; part of its batch id. */
  page: count,
  /** Key of the last event dealt with; null = none yet. */
  after: z.object({ startedAt: instantMs, eventId: uuid }).nullable(),
  /** Events looked at. */
  done: count,
  /** What has been found so far. */
  found: restatementDifference,
});
export type RestatementCheckpoint = z.output<typeof restatementCheckpoint>;

/** One piece of work as the control plane hands it out. Times are UTC epoch ms. */
export const restatementWork = z.object({
  id: uuid,
  /** Proves the hold in every later message; lost once another worker has taken the work up. */
  lease: uuid,
  phase: z.enum(['preview', 'booking']),
  projectId: uuid,
  /** Calls that began in `[from, to)`. */
  from: instantMs,
  to: instantMs,
  filter: restatementFilter,
  /** Rate by what was known of prices at this time. */
  knownAt: instantMs,
  /** A price book of this version or a later one holds everything that was known at `knownAt`. */
  priceBookVersion: z.number().int(),
  /** Id of the restatement to take back; null = rate again. */
  reverses: uuid.nullable(),
  /** Of every reversal that was booked, the id of what it took back: by the id of the reversal. */
  undone: z.record(uuid, uuid).default({}),
  checkpoint: restatementCheckpoint.nullable(),
});
export type RestatementWork = z.output<typeof restatementWork>;

const hold = z.object({ id: uuid, lease: uuid });

/** Posted after each page and every few seconds; renews the lease. */
export const restatementProgress = hold.extend({
  done: count,
  /** null = not counted yet. */
  total: count.nullable(),
  checkpoint: restatementCheckpoint.nullable(),
});
export type RestatementProgress = z.output<typeof restatementProgress>;

/** Posted once, when everything is looked at (preview) or in the ledger (booking). */
export const restatementResult = hold.extend({ difference: restatementDifference });
export type RestatementResult = z.output<typeof restatementResult>;

/** Posted when trying again would not help. `problem` is for people. */
export const restatementFailure = hold.extend({ problem: z.string().min(1).max(1_000) });
export type RestatementFailure = z.output<typeof restatementFailure>;
