import { EventStreamCodec } from '@smithy/eventstream-codec';
import type { BilledUsage } from '../generation.js';

/** One write of a stream. */
export interface Piece {
  readonly bytes: Buffer;
  /** Output tokens the model has written once this piece is out. */
  readonly outputTokens: number;
  readonly statesUsage: boolean;
  readonly isTerminal: boolean;
}

export type BedrockAnswer =
  | {
      readonly kind: 'json';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      readonly billed: BilledUsage | null;
    }
  | {
      readonly kind: 'stream';
      readonly contentType: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly pieces: readonly Piece[];
      /** Sent in place of the second half when the behaviour says so. */
      readonly fault: Buffer;
      readonly billed: BilledUsage;
    };

export const EVENT_STREAM = 'application/vnd.amazon.eventstream';

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString('utf8'),
  (text) => Buffer.from(text),
);

export function eventMessage(type: string, payload: object): Buffer {
  return message({ ':event-type': type, ':content-type': 'application/json', ':message-type': 'event' }, payload);
}

export function exceptionMessage(type: string, text: string): Buffer {
  const headers = { ':exception-type': type, ':content-type': 'application/json', ':message-type': 'exception' };
  return message(headers, { message: text });
}

function message(headers: Readonly<Record<string, string>>, payload: object): Buffer {
  const typed = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, { type: 'string' as const, value }]),
  );
  return Buffer.from(codec.encode({ headers: typed, body: Buffer.from(JSON.stringify(payload)) }));
}

/** Collects the messages of a stream and counts the output as it goes. */
export class PieceBuilder {
  readonly pieces: Piece[] = [];
  private written = 0;

  constructor(private readonly outputTokens: number) {}

  add(bytes: Buffer, options: { tokens?: number; statesUsage?: boolean; isTerminal?: boolean } = {}): void {
    this.written = Math.min(this.outputTokens, this.written + (options.tokens ?? 0));
    this.pieces.push({
      bytes,
      outputTokens: this.written,
      statesUsage: options.statesUsage ?? false,
      isTerminal: options.isTerminal ?? false,
    });
  }
}
