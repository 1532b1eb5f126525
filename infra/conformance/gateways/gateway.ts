import type { MeterName } from '../case/expectation.js';
import type { Case, CaseCall } from '../case/index.js';
import type { ClientTarget } from '../client/send.js';
import type { Origins } from '../upstream/index.js';

/** A case with the upstreams that were started for it. */
export interface BoundCase {
  readonly case: Case;
  readonly origins: Origins;
}

/** One request of a case. */
export interface CallAt {
  /** In `calls` of the case. */
  readonly index: number;
  /** Of its `times`, from 0. */
  readonly repetition: number;
  readonly call: CaseCall;
  readonly nonce: string;
  /** The client's bytes. */
  readonly body: Buffer | null;
}

/**
 * What a gateway recorded of one request, in the terms of the suite. A field that is absent is one the gateway says
 * nothing of: nothing is checked against it, and nothing is held against it. A field that is there is a claim.
 */
export interface GatewayRecord {
  /** Which call of the case it is about; null = the gateway does not say, and a case of one call is meant. */
  readonly nonce: string | null;
  readonly outcome?: string;
  readonly endpoint?: string;
  readonly streamed?: boolean;
  readonly requestedModel?: string | null;
  readonly servedModel?: string | null;
  readonly serviceTier?: string | null;
  readonly callId?: string;
  readonly attempt?: number;
  readonly errorCode?: string | null;
  readonly abortAction?: string | null;
  readonly user?: string | null;
  readonly usageSource?: string;
  readonly meters?: Readonly<Partial<Record<MeterName, number>>>;
  readonly otherMeters?: Readonly<Record<string, number>>;
  readonly estimator?: string | null;
  readonly estimatedMeters?: readonly string[];
  readonly statedCostUsd?: string | null;
  readonly cost?: RecordedCost;
  /** Where the gateway's own books contradict each other. */
  readonly contradictions?: readonly string[];
  /** Everything that was recorded, as text: for values that must be nowhere. */
  readonly text?: string;
}

export interface RecordedCost {
  /** Absent = it does not tell a known price from an unknown one. */
  readonly status?: string;
  /** A plain decimal; null = it says that it does not know. */
  readonly usd: string | null;
  readonly reason?: string | null;
  /** Amounts that it says the cost consists of. */
  readonly lines?: readonly string[];
  /** How it says that it found rates, where that is not plain. */
  readonly rules?: readonly string[];
}

/** A gateway under test. One is started for all cases of a run. */
export interface Gateway {
  readonly name: string;
  /** Product and version, for the report. */
  describe(): string;
  /** Meters it has figures for; others are not asked of it. null = all. */
  readonly meters: ReadonlySet<MeterName> | null;
  /** It passes bodies on as they are; a gateway that translates them is not asked for identical bytes. */
  readonly isRelay: boolean;
  /** How many cases it can be asked side by side without failing for want of time. */
  readonly casesAtOnce: number;
  /** Why it cannot express a case; null = it can. Asked before `start`. */
  whyNot(one: Case): string | null;
  /**
   * Sets up providers and prices of every case that it can express. Returns, by id, why it refused the set-up of a case,
   * which then has failed.
   */
  start(cases: readonly BoundCase[]): Promise<ReadonlyMap<string, string>>;
  /** Where the client sends a call. */
  target(one: BoundCase, at: CallAt): ClientTarget;
  /** Resolves once everything that was called is recorded, or never will be. */
  settled(): Promise<void>;
  /** What it recorded of a case. */
  records(one: BoundCase): Promise<readonly GatewayRecord[]>;
  stop(): Promise<void>;
}

/** A gateway could not be installed or started; the message says what was tried. */
export class GatewayMissing extends Error {
  readonly code = 'GATEWAY_MISSING';
}
