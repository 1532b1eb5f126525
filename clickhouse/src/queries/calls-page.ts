import { WeirError } from '@weir/contracts';
import { z } from 'zod';
import type { Reader } from '../client.js';
import {
  type Condition,
  EARLIEST_MS,
  EVENT_COLUMNS,
  inFilter,
  inScope,
  LATEST_MS,
  type Scope,
  type UsageFilter,
} from '../scope.js';
import { CALL_COLUMNS, callRow } from './call.js';
import { havingKinds } from './call-kinds.js';
import { type CallRating, ratingsOf } from './call-ratings.js';
import { windowsOf } from './call-windows.js';

export interface CallFilter extends UsageFilter {
  readonly outcomes?: readonly string[] | undefined;
  /** All attempts at these calls. */
  readonly callIds?: readonly string[] | undefined;
  /** All calls of these W3C traces. */
  readonly traceIds?: readonly string[] | undefined;
  /** UTC epoch ms, `[from, to)`; absent = open. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export interface CallsPageOptions {
  readonly filter?: CallFilter | undefined;
  readonly first: number;
  /** `endCursor` of the page before. */
  readonly after?: string | undefined;
}

export type Call = z.output<typeof callRow> & {
  /** null = not rated yet. */
  readonly rating: CallRating | null;
};

export interface CallPage {
  readonly nodes: readonly Call[];
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
}

const MAX_PAGE = 500;

/**
 * Calls of a project, newest first, paged by key. A page narrowed to calls that are rare may hold fewer than asked for,
 * even none, while there are more. @throws WeirError `CURSOR_INVALID`, `RANGE_INVALID`, `FILTER_INVALID`
 */
export async function callsPage(reader: Reader, projectId: string, options: CallsPageOptions): Promise<CallPage> {
  const { filter = {} } = options;
  const first = Math.min(Math.max(Math.trunc(options.first), 1), MAX_PAGE);
  const after = options.after === undefined ? undefined : decodeCursor(options.after);
  const scope = {
    projectId,
    from: filter.from ?? EARLIEST_MS,
    to: Math.min(filter.to ?? LATEST_MS, (after?.startedAt ?? LATEST_MS) + 1),
  };
  // A page may be the last of its range to the millisecond.
  if (scope.from >= scope.to && after) return { nodes: [], endCursor: null, hasNextPage: false };
  const rows: z.output<typeof callRow>[] = [];
  let unseen: Key | null = null;
  for await (const { within, next } of windowsOf(reader, scope, filter)) {
    rows.push(...(await rowsIn(reader, scope, within, filter, after, first + 1 - rows.length)));
    unseen = next === null ? null : { startedAt: next, eventId: NO_EVENT };
    if (rows.length > first) break;
  }
  const page = rows.slice(0, first);
  const last = page.at(-1);
  const end = rows.length > first ? last : (unseen ?? last);
  return {
    nodes: await withRatings(reader, projectId, page),
    endCursor: end ? encodeCursor(end) : null,
    hasNextPage: rows.length > first || unseen !== null,
  };
}

interface Key {
  readonly startedAt: number;
  readonly eventId: string;
}

/** Before every event of its millisecond. */
const NO_EVENT = '00000000-0000-0000-0000-000000000000';

function rowsIn(
  reader: Reader,
  scope: Scope,
  within: Condition,
  filter: CallFilter,
  after: Key | undefined,
  limit: number,
): Promise<z.output<typeof callRow>[]> {
  const range = inScope(scope, 'started_at');
  const narrow = inFilter(filter, EVENT_COLUMNS);
  const kinds = havingKinds(filter, `${range.sql}${within.sql}${inFilter(filter).sql}`);
  const outcomes = filter.outcomes?.length ? ' AND e.outcome IN {outcomes:Array(String)}' : '';
  const calls = filter.callIds?.length ? ' AND e.call_id IN {callIds:Array(UUID)}' : '';
  const traces = filter.traceIds?.length ? ' AND e.trace_id IN {traceIds:Array(String)}' : '';
  // Time alone would lose rows that share a millisecond.
  const beyond = after
    ? ` AND (started_at, e.event_id) < (fromUnixTimestamp64Milli({afterMs:Int64}, 'UTC'), {afterId:UUID})`
    : '';
  return reader.query({
    name: 'calls-page',
    sql: `SELECT ${CALL_COLUMNS} FROM usage_events_v1 AS e
      WHERE ${range.sql}${within.sql}${narrow.sql}${outcomes}${calls}${traces}${kinds}${beyond}
      ORDER BY started_at DESC, event_id DESC LIMIT {limit:UInt32}`,
    params: {
      ...range.params,
      ...within.params,
      ...narrow.params,
      ...(outcomes && { outcomes: filter.outcomes }),
      ...(calls && { callIds: filter.callIds }),
      ...(traces && { traceIds: filter.traceIds }),
      ...(after && { afterMs: after.startedAt, afterId: after.eventId }),
      limit,
    },
    row: callRow,
  });
}

/** Adds the rating in force to each call. */
export async function withRatings(
  reader: Reader,
  projectId: string,
  calls: readonly z.output<typeof callRow>[],
): Promise<Call[]> {
  if (calls.length === 0) return [];
  const times = calls.map(({ startedAt }) => startedAt);
  const ratings = await ratingsOf(
    reader,
    { projectId, from: Math.min(...times), to: Math.max(...times) + 1 },
    calls.map(({ eventId }) => eventId),
  );
  return calls.map((call) => ({ ...call, rating: ratings.get(call.eventId) ?? null }));
}

function encodeCursor({ startedAt, eventId }: Key): string {
  return Buffer.from(`${startedAt}:${eventId}`).toString('base64url');
}

const cursor = z.tuple([z.coerce.number().int().min(EARLIEST_MS).max(LATEST_MS), z.string().uuid()]);

function decodeCursor(encoded: string): Key {
  const parsed = cursor.safeParse(Buffer.from(encoded, 'base64url').toString().split(':'));
  if (!parsed.success) throw new WeirError('CURSOR_INVALID', 'this page link is damaged; start from the first page');
  return { startedAt: parsed.data[0], eventId: parsed.data[1] };
}
