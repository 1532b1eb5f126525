import { zstdDecompressSync } from 'node:zlib';
import { type RecordedBody, WeirError } from '@weir/contracts';
import { outputMessage, type ReplyReading, readReply } from '@weir/transcripts';
import { z } from 'zod';

/** Bytes of a body as they were kept; empty where none were. @throws WeirError `TRANSCRIPT_FRAME_INVALID` */
export function keptBytes(body: RecordedBody, compressed: Uint8Array): Buffer {
  if (body.compressedBytes === 0) return Buffer.alloc(0);
  let bytes: Buffer;
  try {
    bytes = zstdDecompressSync(compressed, { maxOutputLength: Math.max(body.keptBytes, 1) });
  } catch (cause) {
    throw new WeirError('TRANSCRIPT_FRAME_INVALID', 'a body is none that was compressed', { cause });
  }
  if (bytes.length === body.keptBytes) return bytes;
  throw new WeirError('TRANSCRIPT_FRAME_INVALID', 'a body has another length than it was kept with');
}

/** An answer that was put together and redacted where it was recorded. */
const assembled = z.object({
  responseId: z.string().nullable(),
  /** Absent in what was recorded before. */
  itemIds: z.array(z.string()).default([]),
  outputMessages: z.array(outputMessage),
  errors: z.array(z.object({ code: z.string().nullable(), message: z.string().nullable(), offset: z.number() })),
  complete: z.boolean(),
  incompleteReason: z.enum(['error', 'cut', 'pending', 'unreadable', 'no_answer']).nullable(),
});

/** What an answer said; null = its recording holds nothing of it. */
export function replyOf(body: RecordedBody, bytes: Buffer): ReplyReading | null {
  if (bytes.length === 0) return null;
  if (body.state !== 'assembled') return readReply(bytes);
  const parsed = assembled.safeParse(jsonOf(bytes));
  return parsed.success ? { ...parsed.data, unreadable: [] } : null;
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    // The schema says what it is not.
    return undefined;
  }
}
