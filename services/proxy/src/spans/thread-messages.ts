import type { DropReason } from '../recording/finished-call.js';
import type { Delivery, Intake, Refused } from './intake.js';

/** What became of a request: in the spool, refused for what it is, or no room for it. */
export type Outcome = Omit<Intake, 'frames'> | Refused | { readonly full: DropReason };

export interface ToSpanThread {
  readonly kind: 'delivery';
  readonly id: number;
  readonly delivery: Delivery;
}

export type FromSpanThread =
  | { readonly kind: 'settled'; readonly id: number; readonly outcome: Outcome }
  | { readonly kind: 'spool'; readonly bytes: number };
