import { z } from 'zod';
import type { Reader } from '../client.js';
import { RETAINED } from '../queries/transcripts/retained.js';
import { transcriptTurnRow } from '../tables/transcripts/rows.js';
import type { TurnAt } from './earlier.js';
import { instant } from './erasure.js';

const turn = z.object({ projectId: z.string(), eventId: z.string(), startedAt: z.number().int() });
/** A turn that was stored before one that it may go on from, or such a one. */
export type LateTurn = z.output<typeof turn>;

/** Of what so many looked for nothing can be told. */
const LOOKED_FOR_MAX = 20;

const CAME = `SELECT l.project_id AS project_id, l.key AS key, if(l.kind = 'request', 'reply', toString(l.kind)) AS wanted_kind,
    l.event_id AS event_id, l.started_at AS started_at
  FROM transcript_links_v1 AS l
  WHERE l.${RETAINED} AND l.kind IN ('request', 'reply', 'spawn', 'response_id') AND l.stored_at >= ${instant('since')}`;

const PAIRS = `SELECT arrayJoin([(w.project_id, w.event_id, w.started_at), (came.project_id, came.event_id, came.started_at)]) AS t
  FROM (SELECT *, count() OVER (PARTITION BY project_id, key, kind) AS many FROM transcript_wanted_v1
    WHERE ${RETAINED} AND (project_id, key) GLOBAL IN (SELECT project_id, key FROM (${CAME}))) AS w
  GLOBAL INNER JOIN (${CAME}) AS came
    ON came.project_id = w.project_id AND came.key = w.key AND came.wanted_kind = w.kind
  WHERE w.many <= ${LOOKED_FOR_MAX} AND came.started_at <= w.started_at AND came.event_id != w.event_id`;

/**
 * Turns of all projects that looked in vain for what was stored at `since` (UTC epoch ms) or later, and what they looked for, in
 * the order in which they began.
 * @param after the last one of those before; null = from the first
 */
export function lateTurns(reader: Reader, since: number, after: LateTurn | null, most: number): Promise<LateTurn[]> {
  return reader.query({
    name: 'transcript-late-turns',
    sql: `SELECT DISTINCT toString(t.1) AS projectId, toString(t.2) AS eventId, toUnixTimestamp64Milli(t.3) AS startedAt
      FROM (${PAIRS}) WHERE (startedAt, eventId, projectId) > ({at:Int64}, {id:String}, {project:String})
      ORDER BY startedAt, eventId, projectId LIMIT {most:UInt32}`,
    params: { since, at: after?.startedAt ?? 0, id: after?.eventId ?? '', project: after?.projectId ?? '', most },
    row: turn,
  });
}

/** When a turn was stored last, UTC epoch ms; null = none was. */
export async function latestLink(reader: Reader): Promise<number | null> {
  const [found] = await reader.query({
    name: 'transcript-latest-link',
    sql: 'SELECT toUnixTimestamp64Milli(max(stored_at)) AS at FROM transcript_links_v1',
    row: z.object({ at: z.number().int() }),
  });
  return found && found.at > 0 ? found.at : null;
}

const stored = transcriptTurnRow.extend({ storedAtMs: z.number().int() });
/** A turn as it is stored. */
export type StoredTurnRow = z.output<typeof stored>;

const COLUMNS = Object.keys(transcriptTurnRow.shape).map((name) => `t.${name} AS ${name}`);

/** The rows of these turns of a project, the newest of each. */
export async function rowsOfTurns(
  reader: Reader,
  projectId: string,
  turns: readonly TurnAt[],
): Promise<StoredTurnRow[]> {
  if (turns.length === 0) return [];
  return reader.query({
    name: 'transcript-rows-of-turns',
    sql: `SELECT ${COLUMNS.join(', ')}, toUnixTimestamp64Milli(t.stored_at) AS storedAtMs
      FROM transcript_turns_v1 AS t
      WHERE t.project_id = {projectId:UUID} AND t.event_id IN {events:Array(UUID)} AND ${RETAINED}
        AND t.conversation_id GLOBAL IN (SELECT conversation_id FROM transcript_turns_by_time_v1
          WHERE project_id = {projectId:UUID} AND started_at >= ${instant('from')} AND started_at <= ${instant('to')}
            AND event_id IN {events:Array(UUID)})
      ORDER BY t.stored_at DESC LIMIT 1 BY t.event_id`,
    params: {
      projectId,
      from: Math.min(...turns.map(({ startedAt }) => startedAt)),
      to: Math.max(...turns.map(({ startedAt }) => startedAt)),
      events: turns.map(({ eventId }) => eventId),
    },
    row: stored,
  });
}
