import type { StreamFilter } from '@weir/providers';
import type { Refusal } from '../errors.js';
import type { MemoryRoom } from '../memory-room.js';
import type { CredentialMask } from '../metering/credential-mask.js';
import type { OpenEvent } from '../metering/event.js';
import type { Recording } from '../recording/recording.js';
import type { ServedProvider } from '../snapshot/snapshot.js';
import type { CallWatch } from '../telemetry/call-trace.js';
import type { CallRequest, CallResponse } from './exchange.js';
import type { Relay } from './relay.js';

/** What a relay tells its owner. */
export interface RelayOwner {
  /** The event is final; `onRecorded` runs once it is in the journal. */
  onFinal(relay: Relay, onRecorded?: () => void): void;
  /** Nothing was sent to the client yet: the refusal is to be sent. */
  refuse(relay: Relay, refusal: Refusal): void;
  /** A client is gone and its answer is to be read on; false when too many are already. */
  beginDrain(): boolean;
  endDrain(): void;
  /** Where answers are kept whose usage may have to be estimated. */
  readonly evidenceRoom: MemoryRoom;
  readonly isDraining: boolean;
  /** How long a client may take nothing of what is there for it. */
  readonly writeStallMs: number;
}

export interface RelayCall {
  readonly req: CallRequest;
  readonly res: CallResponse;
  readonly event: OpenEvent;
  readonly provider: ServedProvider;
  readonly endpoint: string;
  /** The body as it came, where it was read. */
  readonly request: Buffer | null;
  readonly method: string;
  readonly startedAt: number;
  /** Start of the call, on the monotonic clock. */
  readonly startMs: number;
  /** null: no collector is told of it. */
  readonly watch: CallWatch | null;
  /** Time of ours spent before the upstream was asked; waiting for the client's body is none of it. */
  readonly addedBeforeMs: number;
  /** Present when the request was changed to ask for usage. */
  readonly filter: StreamFilter | null;
  /** What the upstream says of the call is recorded without the credential it was sent. */
  readonly mask: CredentialMask;
  /** null: neither side of the call is recorded. */
  readonly recording: Recording | null;
  /** True while a streamed request waits for more of its body. */
  readonly isAwaitingClient: () => boolean;
  /** True once nothing of the request is left to come from the client. */
  readonly isUploaded: () => boolean;
}
