import type { BilledUsage } from '../generation.js';

/** One served request as the upstream knows it, independent of anything a gateway believes. */
export interface BedrockEntry {
  readonly seq: number;
  /** The request id the answer carried. */
  readonly id: string;
  readonly method: string;
  /** As on the request line. */
  readonly target: string;
  /** `converse`, `invoke`, …; `AssumeRole` and the like for STS. */
  readonly operation: string;
  readonly model: string | null;
  readonly isStream: boolean;
  /** Null: no status was sent. */
  readonly status: number | null;
  /** Name of the exception it was turned down with. */
  readonly exception: string | null;
  /** Whose signature or key it came with; null = not established. */
  readonly caller: string | null;
  readonly signedWith: string | null;
  /** What the upstream bills; null = nothing. */
  readonly billed: BilledUsage | null;
  readonly isUsageSent: boolean;
  readonly requestBytes: number;
  readonly requestSha256: string;
  readonly sentBytes: number;
  readonly sentSha256: string;
  readonly ended: 'completed' | 'client_closed' | 'cut' | 'reset' | 'stalled';
  readonly userAgent: string | null;
  /** Names of the headers that came, lower case. */
  readonly headerNames: readonly string[];
}
