import { EARLIEST_MS, LATEST_MS, type QuarantinedEventRow, timeText } from '@weir/clickhouse';
import type { UsageBatch } from '@weir/contracts';
import { z } from 'zod';
import type { Quarantined } from './batch/open-batch.js';

const KEPT_BYTES = 65_536;

const readable = z.looseObject({
  projectId: z.string().uuid().nullable().catch(null).default(null),
  eventId: z.string().max(64).nullable().catch(null).default(null),
});

/** What is kept of an event that cannot be stored as one. */
export function toQuarantinedRow(one: Quarantined, batch: UsageBatch): QuarantinedEventRow {
  const known = readable.safeParse(one.value);
  const body = (one.text || JSON.stringify(one.value) || '').toWellFormed();
  return {
    batch_id: batch.batchId,
    position: one.position,
    batch_from: timeText(batchTime(batch)),
    project_id: known.success ? known.data.projectId : null,
    event_id: known.success ? (known.data.eventId?.toWellFormed() ?? null) : null,
    reason: one.reason,
    detail: one.detail.toWellFormed(),
    body: body.slice(0, KEPT_BYTES).toWellFormed(),
    body_bytes: Buffer.byteLength(body),
  };
}

/** A batch of broken events may have a broken time; it must still fit the table, and be the same at every repeat. */
export function batchTime({ from }: UsageBatch): number {
  return Math.min(Math.max(from, EARLIEST_MS), LATEST_MS - 1);
}
