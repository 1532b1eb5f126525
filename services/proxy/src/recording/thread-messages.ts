import type { DropReason } from './finished-call.js';
import type { Parcel } from './parcel.js';

/** What the thread is started with. */
export interface ThreadData {
  readonly directory: string;
  readonly adopted: readonly string[];
  readonly quotaBytes: number;
  readonly diskFreeBytes?: number | undefined;
  readonly queueUrl: string;
}

export interface ToThread {
  readonly kind: 'calls';
  readonly parcel: Parcel;
}

/** How many calls were dropped for which reason. */
export type Dropped = Partial<Record<DropReason, number>>;

/** What is on disk and not stored yet. */
export interface SpoolState {
  readonly bytes: number;
  /** Epoch ms; null = nothing waits. */
  readonly waitsSinceMs: number | null;
}

/** What became of calls since the last time. */
export interface Settled {
  /** How many the thread is done with, in the order in which they came. */
  readonly calls: number;
  /** Of these. */
  readonly dropped: Dropped;
  /** Spooled batches that could not be read any more. */
  readonly damaged: number;
  readonly spool: SpoolState;
}

export type FromThread = { readonly kind: 'settled' } & Settled;
