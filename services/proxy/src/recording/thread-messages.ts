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

export type ToThread =
  | { readonly kind: 'calls'; readonly parcel: Parcel }
  /** Calls not done by then are given up. */
  | { readonly kind: 'close'; readonly withinMs: number };

export type FromThread =
  | {
      readonly kind: 'settled';
      readonly calls: readonly { readonly id: number; readonly dropped: DropReason | null }[];
      /** Spooled batches that could not be read any more. */
      readonly damaged: number;
      readonly spoolBytes: number;
    }
  | { readonly kind: 'trouble'; readonly error: string }
  | { readonly kind: 'closed' };
