import { z } from 'zod';
import type { Writer } from '../client.js';
import { batchTable } from './batch-table.js';

/** One row of quarantined_events_v1. */
export const quarantinedEventRow = z.object({
  batch_id: z.string(),
  position: z.number(),
  /** `from` of the batch, `YYYY-MM-DD hh:mm:ss.mmm` UTC. */
  batch_from: z.string(),
  project_id: z.string().nullable(),
  event_id: z.string().nullable(),
  reason: z.string(),
  detail: z.string(),
  body: z.string(),
  body_bytes: z.number(),
});
export type QuarantinedEventRow = z.output<typeof quarantinedEventRow>;

export const quarantinedEventsTable = (writer: Writer) =>
  batchTable(writer, {
    name: 'quarantined_events_v1',
    row: quarantinedEventRow,
    time: 'batch_from',
    key: 'position',
    storedAt: 'stored_at',
  });
