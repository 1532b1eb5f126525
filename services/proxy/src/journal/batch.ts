import { crc32c, type UsageBatch } from '@weir/contracts';
import { z } from 'zod';
import { RECORD, scanRecords } from './record.js';

/**
 * A batch as the journal records it: its id, the stretch of the segment that holds its close records and the checksum
 * of the bytes they make. The bytes themselves are those records, so they are on disk once.
 */
export const batchMark = z.object({
  batchId: z.string(),
  start: z.number().int(),
  end: z.number().int(),
  events: z.number().int(),
  crc32c: z.number().int(),
  from: z.number().int(),
  to: z.number().int(),
});
export type BatchMark = z.infer<typeof batchMark>;

export const confirmMark = z.object({ batchId: z.string(), quarantined: z.number().int() });
export type ConfirmMark = z.infer<typeof confirmMark>;

/** A closed event that is in no batch yet. */
export interface ClosedEvent {
  readonly payload: Buffer;
  readonly startedAt: number;
  readonly offset: number;
  readonly end: number;
}

const OPENING = Buffer.from('[');
const COMMA = Buffer.from(',');
const CLOSING = Buffer.from(']');

function bodyOf(payloads: readonly Buffer[]): Buffer {
  const parts: Buffer[] = [OPENING];
  for (let i = 0; i < payloads.length; i++) {
    if (i > 0) parts.push(COMMA);
    parts.push(payloads[i] as Buffer);
  }
  parts.push(CLOSING);
  return Buffer.concat(parts);
}

/** Cuts one batch out of neighbouring closed events. */
export function cutBatch(batchId: string, events: readonly ClosedEvent[]): { mark: BatchMark; body: Buffer } {
  const body = bodyOf(events.map((event) => event.payload));
  let from = Number.MAX_SAFE_INTEGER;
  let to = 0;
  for (const { startedAt } of events) {
    if (startedAt < from) from = startedAt;
    if (startedAt > to) to = startedAt;
  }
  const first = events[0] as ClosedEvent;
  const last = events[events.length - 1] as ClosedEvent;
  const mark = { batchId, start: first.offset, end: last.end, events: events.length, crc32c: crc32c(body), from, to };
  return { mark, body };
}

/** Makes the batch again from its stretch of the segment. null when the bytes no longer are what was cut. */
export function rebuildBody(mark: BatchMark, stretch: Buffer): Buffer | null {
  const payloads = scanRecords(stretch)
    .records.filter((record) => record.type === RECORD.close)
    .map((record) => record.payload);
  const body = bodyOf(payloads);
  return payloads.length === mark.events && crc32c(body) === mark.crc32c ? body : null;
}

export function toUsageBatch(mark: BatchMark, body: Buffer): UsageBatch {
  const { batchId, events, from, to } = mark;
  return { v: 1, batchId, events, crc32c: mark.crc32c, from, to, body: body.toString('utf8') };
}
