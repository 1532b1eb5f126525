import type { Behaviour } from './behaviour.js';
import type { BilledUsage, Generation } from './generation.js';

/** One server-sent event, lines ending in `\n`, its blank line included. */
export interface StreamEvent {
  readonly text: string;
  /** Output tokens the model has written once this event is out. */
  readonly outputTokens: number;
  readonly statesUsage: boolean;
  readonly isTerminal: boolean;
}

/** What a dialect answers; how it goes over the wire is the delivery's business. */
export type Answer =
  | {
      readonly kind: 'json';
      readonly status: number;
      readonly body: string;
      readonly billed: BilledUsage | null;
      /** False: what is billed is not said in the answer, also where usage is asked for. */
      readonly statesUsage?: boolean;
    }
  | {
      readonly kind: 'stream';
      /** Server-sent events where there is none. */
      readonly contentType?: string;
      readonly events: readonly StreamEvent[];
      /** Sent in place of the second half when the behaviour says so. */
      readonly errorEvent: string;
      readonly billed: BilledUsage;
    };

/** What a dialect is given. */
export interface Call {
  readonly method: string;
  /** Without query. */
  readonly path: string;
  readonly query?: URLSearchParams;
  readonly raw: Buffer;
  readonly body: Readonly<Record<string, unknown>>;
  readonly behaviour: Behaviour;
  /** A time in the past that never changes, so that equal requests get equal answers. */
  readonly createdSeconds: number;
}

export interface Dialect {
  /** Null: this path is not one of the dialect's. */
  answer(call: Call): Answer | null;
  error(status: number, message: string): string;
  readonly requestIdHeader: string;
}

/** Collects the events of a stream and counts the output as it goes. */
export class StreamBuilder {
  readonly events: StreamEvent[] = [];
  private outputTokens = 0;

  constructor(private readonly generation: Generation) {}

  add(text: string, options: { tokens?: number; statesUsage?: boolean; isTerminal?: boolean } = {}): void {
    this.outputTokens = Math.min(this.generation.usage.output, this.outputTokens + (options.tokens ?? 0));
    this.events.push({
      text,
      outputTokens: this.outputTokens,
      statesUsage: options.statesUsage ?? false,
      isTerminal: options.isTerminal ?? false,
    });
  }

  get written(): number {
    return this.outputTokens;
  }
}
