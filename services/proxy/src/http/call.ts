import { newId, type SnapshotToken } from '@weir/contracts';
import type { OpenEvent } from '../metering/event.js';
import type { ServedProvider } from '../snapshot/snapshot.js';
import type { CallWatch } from '../telemetry/call-trace.js';
import type { CallRequest, CallResponse } from './exchange.js';
import type { RequestHead } from './head.js';
import type { Route } from './route.js';

/** What is known of a call so far; a refusal is told and recorded with as much of it as there is. */
export interface Call {
  readonly req: CallRequest;
  readonly res: CallResponse;
  /** What the app calls it, or a new one. */
  id: string;
  readonly method: string;
  readonly startMs: number;
  readonly startedAt: number;
  /** The client waits for a sign before it sends its body. */
  readonly expectsContinue: boolean;
  provider: ServedProvider | null;
  /** null until a known token has been presented. */
  event: OpenEvent | null;
  /** null: no collector is told of it. */
  watch: CallWatch | null;
}

/** A call that may go on. */
export interface Admitted {
  readonly event: OpenEvent;
  readonly token: SnapshotToken;
  readonly provider: ServedProvider;
  readonly endpoint: string;
  readonly route: Route;
  readonly head: RequestHead;
  readonly maxBytes: number;
}

export function newCall(req: CallRequest, res: CallResponse, expectsContinue: boolean): Call {
  return {
    req,
    res,
    id: newId(),
    method: req.method ?? '',
    startMs: performance.now(),
    startedAt: Date.now(),
    expectsContinue,
    provider: null,
    event: null,
    watch: null,
  };
}
