import type { Message, OutputMessage, ToolDefinition } from '../message/message.js';

/** What a body is kept as, and why no more of it is; see `BODY_STATES` of the contracts. */
interface ExportedBody {
  readonly state: string;
  readonly reason: string | null;
}

/** One recorded attempt with all that was said in it, as far as it is kept; null = unknown, which is not zero. */
export interface ExportedTurn {
  readonly eventId: string;
  readonly callId: string;
  readonly conversationId: string;
  readonly parentEventId: string | null;
  readonly relation: string;
  readonly responseId: string | null;
  readonly traceId: string | null;
  readonly spanId: string | null;
  /** UTC epoch ms. */
  readonly startedAt: number;
  readonly durationMs: number | null;
  readonly firstTokenMs: number | null;
  readonly app: string;
  readonly user: string | null;
  readonly agent: string | null;
  readonly provider: string;
  readonly providerType: string;
  readonly requestedModel: string | null;
  readonly servedModel: string | null;
  readonly streamed: boolean;
  readonly isFailed: boolean;
  readonly status: number | null;
  readonly errorCode: string | null;
  readonly upstreamErrorCode: string | null;
  readonly upstreamErrorMessage: string | null;
  readonly request: ExportedBody;
  readonly response: ExportedBody;
  readonly system: Message | null;
  readonly tools: readonly ToolDefinition[] | null;
  /** All of the prompt, from the beginning. */
  readonly inputs: readonly Message[];
  /** Of them, how many its parent had already; 0 with a parent = what was said before is not in the prompt. */
  readonly inputKnown: number;
  readonly outputs: readonly OutputMessage[];
  /** Messages that are not stored any more. */
  readonly missing: number;
  readonly usage: {
    readonly inputTokens: number | null;
    readonly cachedInputTokens: number | null;
    readonly cacheWriteTokens: number | null;
    readonly outputTokens: number | null;
    readonly reasoningTokens: number | null;
    /** Decimal text. */
    readonly costUsd: string | null;
    readonly unpricedTurns: number;
    readonly unratedTurns: number;
  };
}
