import { z } from 'zod';
import type { Reader } from '../client.js';
import { EARLIEST_MS, inScope, LATEST_MS } from '../scope.js';
import { CALL_COLUMNS, callRow } from './call.js';
import { type Call, withRatings } from './calls-page.js';

const DAY_MS = 86_400_000;
const uuid = z.string().uuid();

/** One call with its rating, or null when the project has none of that id. */
export async function oneCall(reader: Reader, projectId: string, eventId: string): Promise<Call | null> {
  if (!uuid.safeParse(eventId).success) return null;
  const near = timeOf(eventId);
  const call =
    (near !== null && (await find(reader, projectId, eventId, near - DAY_MS, near + DAY_MS))) ||
    (await find(reader, projectId, eventId, EARLIEST_MS, LATEST_MS));
  const [rated] = call ? await withRatings(reader, projectId, [call]) : [];
  return rated ?? null;
}

/** A UUIDv7 begins with the time it was made (RFC 9562 section 5.7), which is close to the start of its call. */
function timeOf(eventId: string): number | null {
  if (eventId[14] !== '7') return null;
  const time = Number.parseInt(eventId.slice(0, 8) + eventId.slice(9, 13), 16);
  return time - DAY_MS > EARLIEST_MS && time + DAY_MS < LATEST_MS ? time : null;
}

async function find(reader: Reader, projectId: string, eventId: string, from: number, to: number) {
  const range = inScope({ projectId, from, to }, 'started_at');
  const [row] = await reader.query({
    name: 'one-call',
    sql: `SELECT ${CALL_COLUMNS} FROM usage_events_v1 AS e WHERE ${range.sql} AND e.event_id = {eventId:UUID} LIMIT 1`,
    params: { ...range.params, eventId },
    row: callRow,
  });
  return row ?? null;
}
