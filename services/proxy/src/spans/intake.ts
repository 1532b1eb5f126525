import { gunzipSync } from 'node:zlib';
import { type AgentSpan, encodeSpanFrame, type SpanFrame } from '@weir/contracts';
import { zstdFrame } from '../recording/zstd.js';
import type { Encoding } from './otlp/answer.js';
import { readJson } from './otlp/json.js';
import { readProtobuf } from './otlp/protobuf.js';
import { type OnSpan, OtlpFault } from './otlp/span.js';
import { recordOf } from './record.js';

/** Of a request, unpacked. Agents send prompts along, of which nothing is kept. */
export const MAX_UNPACKED_BYTES = 64 * 1024 * 1024;
const MAX_SPANS = 20_000;
const SPANS_PER_FRAME = 500;

/** A request of an app, as it goes to the thread. */
export interface Delivery extends Omit<SpanFrame, 'v' | 'spans'> {
  readonly encoding: Encoding;
  readonly isGzip: boolean;
  readonly body: Uint8Array;
}

export interface Intake {
  readonly frames: readonly Buffer[];
  readonly accepted: number;
  readonly rejected: number;
  /** Why the first one was rejected; '' = none was. */
  readonly message: string;
  /** Attributes, events and links that are not kept. */
  readonly leftOut: number;
}

export type Refused = { readonly refused: 'request_invalid' | 'body_too_large'; readonly message: string };

/** Reads a request and makes frames of what is kept of it; never throws for what is in it. */
export function takeIn(delivery: Delivery): Intake | Refused {
  const { encoding, isGzip, body, ...about } = delivery;
  const bytes = isGzip ? unpacked(body) : body;
  if ('refused' in bytes) return bytes;
  const spans: AgentSpan[] = [];
  const intake = { rejected: 0, message: '', leftOut: 0 };
  const onSpan: OnSpan = (span, resource) => {
    const record =
      spans.length < MAX_SPANS
        ? recordOf(span, resource, about.receivedAt)
        : `a request may hold ${MAX_SPANS} spans; send smaller batches`;
    if (typeof record === 'string') {
      intake.rejected++;
      intake.message ||= record;
    } else {
      spans.push(record);
      intake.leftOut += record.leftOut;
    }
  };
  try {
    if (encoding === 'json') readJson(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(), onSpan);
    else readProtobuf(bytes, onSpan);
  } catch (error) {
    if (!(error instanceof OtlpFault)) throw error;
    return { refused: 'request_invalid', message: `The body is no ExportTraceServiceRequest: ${error.message}.` };
  }
  return { frames: framesOf(about, spans), accepted: spans.length, ...intake };
}

function unpacked(body: Uint8Array): Uint8Array | Refused {
  try {
    return gunzipSync(body, { maxOutputLength: MAX_UNPACKED_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      const message = `The body is larger than ${MAX_UNPACKED_BYTES} bytes once unpacked; send smaller batches.`;
      return { refused: 'body_too_large', message };
    }
    return { refused: 'request_invalid', message: 'The body is not gzip, as “content-encoding” says, or was cut off.' };
  }
}

function framesOf(about: Omit<SpanFrame, 'v' | 'spans'>, spans: readonly AgentSpan[]): Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 0; at < spans.length; at += SPANS_PER_FRAME) {
    frames.push(encodeSpanFrame({ v: 1, ...about, spans: spans.slice(at, at + SPANS_PER_FRAME) }, zstdFrame));
  }
  return frames;
}
