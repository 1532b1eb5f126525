import type { MetricsState } from '../metrics/metrics.js';
import type { SpoolState } from '../recording/thread-messages.js';

export type ToWorker =
  | { readonly kind: 'snapshot'; readonly text: string; readonly confirmedAtMs: number }
  | { readonly kind: 'confirmed'; readonly atMs: number }
  | { readonly kind: 'report'; readonly id: number }
  | { readonly kind: 'drain' }
  | { readonly kind: 'now' };

export type ToPrimary =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'snapshot_failed'; readonly reason: string }
  | { readonly kind: 'report'; readonly id: number; readonly report: WorkerReport };

export interface JournalCounts {
  readonly journalId: string;
  readonly appended: number;
  readonly confirmed: number;
  readonly quarantined: number;
}

/** One worker process, as it stands. */
export interface WorkerReport {
  readonly inFlight: number;
  readonly snapshotVersion: number;
  readonly isServing: boolean;
  readonly isJournalWritable: boolean;
  readonly journals: readonly JournalCounts[];
  readonly metrics: MetricsState;
  readonly transcriptSpool: SpoolState;
  readonly spanSpoolBytes: number;
  readonly eventLoopP99Ms: number;
  readonly rssBytes: number;
}
