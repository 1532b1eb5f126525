import type { MasterKey, UsageEvent } from '@weir/contracts';
import { Refusal } from '../errors.js';
import type { Estimator } from '../estimation/estimator.js';
import type { Log } from '../log.js';
import type { Metrics } from '../metrics/metrics.js';
import type { Recorder } from '../recording/recorder.js';
import type { SnapshotHolder } from '../snapshot/holder.js';
import type { Spans } from '../spans/spans.js';
import type { CallTelemetry } from '../telemetry/call-telemetry.js';
import type { IsDropped } from './headers.js';
import type { Inspector } from './inspector.js';
import type { UploadWatch } from './upload.js';

/** Where events go. `open` throws when it cannot write; `close` never does. */
export interface CallJournal {
  readonly writable: boolean;
  open(event: UsageEvent): void;
  checkpoint(event: UsageEvent): void;
  close(event: UsageEvent, onRecorded?: () => void): void;
}

export interface GatewayParts {
  readonly master: MasterKey;
  readonly snapshots: SnapshotHolder;
  readonly journal: CallJournal;
  readonly metrics: Metrics;
  readonly inspector: Inspector;
  readonly estimator: Estimator;
  readonly recorder: Recorder;
  readonly spans: Spans;
  /** null: telemetry is off. */
  readonly telemetry: CallTelemetry | null;
  readonly uploads: UploadWatch;
  readonly isDropped: IsDropped;
  readonly proxyId: string;
  readonly maxInFlight: number;
  /** Answers that are read on at a time although their client is gone. */
  readonly maxDrains: number;
  readonly writeStallMs: number;
  readonly log: Log;
}

export function overloaded(what: string, cause?: unknown): Refusal {
  return new Refusal('overloaded', `The proxy ${what}; try again in a moment.`, cause);
}
