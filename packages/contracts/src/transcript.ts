import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { z } from 'zod';
import { WeirError } from './errors.js';
import { framed, frameOf, type Place } from './frame.js';
import { uuid } from './ids.js';
import { traceId } from './trace-context.js';

/** Queue proxies ship recorded calls to. Its jobs are no promise: a call may be missing, and usage never waits for it. */
export const TRANSCRIPT_QUEUE = 'transcripts';

/** Bytes a batch of frames holds at the most, unless a single frame is larger. */
export const TRANSCRIPT_BATCH_MAX_BYTES = 1024 * 1024;

const count = z.number().int().min(0);

/** What is recorded of a provider's calls; the flags `recordInputs` and `recordOutputs` switch it on. */
export const recordingSettings = z.object({
  /** Days after which what was recorded is gone. */
  retentionDays: z.number().int().min(1).max(3_650).default(30),
  /** Of one body, before compression; what is longer is cut there and marked. */
  maxBodyBytes: z.number().int().min(1_024).max(33_554_432).default(5_242_880),
  /** Of 10,000 calls, how many are recorded; all attempts of a call or none. */
  samplePer10k: z.number().int().min(0).max(10_000).default(10_000),
  /** Names of built-in detectors; what they find is replaced before anything is kept. */
  redactDetectors: z.array(z.string().max(63)).max(64).default([]),
  /** In the syntax of RE2. */
  redactPatterns: z
    .array(z.object({ name: z.string().regex(/^[a-z][a-z0-9_]{0,62}$/), pattern: z.string().min(1).max(512) }))
    .max(32)
    .default([]),
});
export type RecordingSettings = z.infer<typeof recordingSettings>;

/**
 * `whole`: byte for byte. `truncated`: its beginning, cut at the provider's limit or where the call was cut off.
 * `redacted`: whole, with what rules found, or a credential that went upstream, replaced. `assembled`: what an answer said once put together, redacted, as JSON; its bytes were not kept, since a
 * stream may cut a secret in two. `withheld`: nothing is kept. `off`: recording this side is off. `none`: there was none.
 */
export const BODY_STATES = ['whole', 'truncated', 'redacted', 'assembled', 'withheld', 'off', 'none'] as const;
export type BodyState = (typeof BODY_STATES)[number];

/** One body of a call, as kept. */
export const recordedBody = z.object({
  state: z.enum(BODY_STATES),
  /**
   * Why it was withheld: `not_text`, `in_pieces`, `unreadable`, `failed`, `too_large`, `truncated`,
   * `session_unread` (of a protocol that is not known); null otherwise.
   */
  reason: z.string().max(63).nullable(),
  contentType: z.string().max(255),
  /** Bytes that passed, decoded of their content coding; null = not known, as it was cut before its end. */
  bytes: count.nullable(),
  /** How often each rule found something. */
  redactions: z.record(z.string().max(63), count),
  /** Of the bytes that follow in the frame, under zstd; 0 = none are kept. */
  compressedBytes: count,
  /** Of the same bytes without zstd. */
  keptBytes: count,
});
export type RecordedBody = z.infer<typeof recordedBody>;

/** A recorded attempt; who made it and what it used is in the usage event of the same `eventId`. */
export const transcriptHead = z.object({
  v: z.literal(1),
  eventId: uuid,
  callId: uuid,
  attempt: z.number().int().min(1),
  projectId: uuid,
  environment: z.string().max(63),
  providerId: uuid,
  provider: z.string().max(63),
  providerType: z.string().max(63),
  endpoint: z.string().max(63),
  path: z.string().max(2048),
  requestedModel: z.string().max(255).nullable(),
  servedModel: z.string().max(255).nullable(),
  streamed: z.boolean(),
  appId: uuid,
  app: z.string().max(253),
  user: z.string().max(255).nullable(),
  agent: z.string().max(255).nullable(),
  tags: z.record(z.string().max(63), z.string().max(255)),
  /** The session over a WebSocket it is a turn of, as the upstream names it; null = none, or it has no name. */
  session: z.string().max(255).nullable().default(null),
  /** As the event of the call has it. */
  traceId: traceId.nullable().default(null),
  outcome: z.string().max(31),
  errorCode: z.string().max(127).nullable(),
  status: z.number().int().nullable(),
  /** UTC epoch ms; the durations are monotonic ms. */
  startedAt: count,
  firstTokenMs: z.number().nullable(),
  durationMs: z.number().nullable(),
  retentionDays: z.number().int().min(1),
  /** Request headers that may name a conversation, an agent or a trace, by lower-case name; no others are kept. */
  headers: z.record(z.string().max(63), z.string().max(2048)),
  request: recordedBody,
  response: recordedBody,
});
export type TranscriptHead = z.infer<typeof transcriptHead>;

/** A recorded attempt with the bytes that were kept, both under zstd. */
export interface TranscriptFrame {
  readonly head: TranscriptHead;
  readonly request: Uint8Array;
  readonly response: Uint8Array;
}

/** The job's data on the queue. `frames` is base64 of frames one after the other; of version 2, of these under zstd. */
export const transcriptBatch = z.object({
  v: z.union([z.literal(1), z.literal(2)]),
  batchId: z.string().regex(/^[A-Za-z0-9-]{1,127}$/),
  frames: z.string(),
});
export type TranscriptBatch = z.infer<typeof transcriptBatch>;

/** A batch holds a mebibyte, or one frame with both bodies of a call at their longest. */
const FRAMES_MAX_BYTES = 128 * 1024 * 1024;
/** Half again as fast as the default, and heads of calls are alike enough for it. */
const LEVEL = 1;
const HEAD_LENGTH_BYTES = 4;

/** @param frames one after the other */
export function transcriptBatchOf(batchId: string, frames: Buffer): TranscriptBatch {
  const packed = zstdCompressSync(frames, { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } });
  return { v: 2, batchId, frames: packed.toString('base64') };
}

/** The frames of a batch of either version. @throws Error where they cannot be unpacked */
export function framesOf({ v, frames }: TranscriptBatch): Buffer {
  const bytes = Buffer.from(frames, 'base64');
  return v === 1 ? bytes : zstdDecompressSync(bytes, { maxOutputLength: FRAMES_MAX_BYTES });
}

/** Length of the head, head as JSON, bodies. */
export function encodeFrame({ head, request, response }: TranscriptFrame): Buffer {
  return encodeFrameOf([Buffer.from(JSON.stringify(head))], [request, response]);
}

/**
 * @param head pieces of the frame's head as JSON
 * @param bodies pieces of the request, then those of the response
 */
export function encodeFrameOf(head: readonly Uint8Array[], bodies: readonly Uint8Array[], place?: Place): Buffer {
  const length = Buffer.allocUnsafe(HEAD_LENGTH_BYTES);
  length.writeUInt32BE(head.reduce((sum, piece) => sum + piece.length, 0));
  return frameOf([length, ...head, ...bodies], place);
}

/**
 * @param frame exactly one frame
 * @throws WeirError `TRANSCRIPT_FRAME_INVALID` where it is not the one that was written
 */
export function decodeFrame(frame: Buffer): TranscriptFrame {
  const held = framed(frame, 'TRANSCRIPT_FRAME_INVALID');
  const headEnd = HEAD_LENGTH_BYTES + held.readUInt32BE(0);
  const head = transcriptHead.safeParse(jsonOf(held.subarray(HEAD_LENGTH_BYTES, headEnd)));
  if (!head.success) throw new WeirError('TRANSCRIPT_FRAME_INVALID', z.prettifyError(head.error));
  const requestEnd = headEnd + head.data.request.compressedBytes;
  if (requestEnd + head.data.response.compressedBytes !== held.length) {
    throw new WeirError('TRANSCRIPT_FRAME_INVALID', 'the lengths of the bodies do not add up to the frame');
  }
  return { head: head.data, request: held.subarray(headEnd, requestEnd), response: held.subarray(requestEnd) };
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    // The schema names what is wrong with it.
    return undefined;
  }
}
