import { z } from 'zod';
import type { Writer } from '../client.js';
import { batchTable } from './batch-table.js';

const text = z.string();
const usd = z.string();

/** One row of ratings_v1. Money is decimal text with at most 12 places; `''` in a dimension = not known. */
export const ratingRow = z.object({
  project_id: text,
  started_at: text,
  event_id: text,
  run_id: text,
  sign: z.literal([1, -1]),
  environment: text,
  provider: text,
  provider_type: text,
  model: text,
  app: text,
  user: text,
  agent: text,
  tags: z.record(z.string(), z.string()),
  status: text,
  reason: z.string().nullable(),
  price_version: z.string().nullable(),
  price_book_version: z.number(),
  /** `YYYY-MM-DD hh:mm:ss.mmm` UTC; null = not noted. */
  known_at: z.string().nullable(),
  total: usd.nullable(),
  amount_input: usd,
  amount_cached_input: usd,
  amount_cache_write: usd,
  amount_output: usd,
  amount_reasoning: usd,
  amount_other: usd,
  /** Part of `amount_input`. */
  amount_tool_use: usd,
  /** JSON text of `ratingLine[]` (queries/call-ratings.ts). */
  lines: text,
  batch_id: text,
});
export type RatingRow = z.output<typeof ratingRow>;

export const ratingsTable = (writer: Writer) =>
  batchTable(writer, { name: 'ratings_v1', row: ratingRow, time: 'started_at', key: 'event_id', storedAt: 'rated_at' });
