import type { RecordingSettings, TranscriptHead } from '@weir/contracts';

/** Why a call that was to be recorded is not. */
export const DROP_REASONS = ['memory', 'queue', 'thread', 'spool_full', 'disk', 'damaged'] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/** Bytes of a body as they passed, in pieces. */
export interface PassedBody {
  readonly contentType: string;
  readonly contentEncoding: string;
  readonly pieces: readonly Uint8Array[];
  /** The pieces are views of memory that others use, too. */
  readonly isBorrowed: boolean;
  /** All that passed, whether kept or not. */
  readonly passedBytes: number;
  /** Every byte that passed is in the pieces. */
  readonly isAllKept: boolean;
  /** It came to its own end. */
  readonly isEnded: boolean;
}

/** `unread`: there was one, of a protocol that is not known. */
export type FinishedBody = PassedBody | 'off' | 'none' | 'unread';

/** A call that is over. */
export interface FinishedCall {
  readonly head: Omit<TranscriptHead, 'v' | 'request' | 'response' | 'session'> & {
    /** Of a turn of a session that the upstream names. */
    readonly session?: string;
  };
  readonly request: FinishedBody;
  readonly response: FinishedBody;
  readonly settings: RecordingSettings;
  /** Credentials that went upstream with it; none of them may be kept. */
  readonly secrets: readonly string[];
}

/** A finished call as it comes to the thread that records it. */
export interface HandedCall extends Pick<FinishedCall, 'request' | 'response'> {
  /** JSON: most heads are kept as they are, and need not be read. */
  readonly head: Buffer;
  /** JSON of its settings and secrets, the same text for the same ones. */
  readonly clearing: string;
}
