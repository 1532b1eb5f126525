import { parseUsd, WeirError } from '@weir/contracts';
import { z } from 'zod';
import type { Reader } from '../../client.js';
import { EARLIEST_MS, inScope, LATEST_MS, type Scope } from '../../scope.js';
import { type Conversation, conversationsOf } from './conversations.js';
import { decodeKey, encodeKey, type Key } from './cursor.js';
import { type ConversationFilter, isUuid, ofLastTurn, ofTurn, searched } from './filter.js';
import { RETAINED } from './retained.js';

export interface ConversationsPageOptions {
  readonly filter?: ConversationFilter | undefined;
  /** 1 to 100. */
  readonly first: number;
  /** `endCursor` of the page before. */
  readonly after?: string | undefined;
}

export interface ConversationPage {
  readonly nodes: readonly Conversation[];
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
}

const MAX_PAGE = 100;
/** Looked at in one go where status or cost decides, which only the whole of a conversation tells. */
const LOOK = 100;
const LOOKS = 10;

const HOUR_MS = 3_600_000;
/** How far back is looked, one after the other; then everything. */
const REACHES_MS = [HOUR_MS, 24 * HOUR_MS, 7 * 24 * HOUR_MS, 30 * 24 * HOUR_MS] as const;
/** In a range this short it is cheaper to look only at what was said in it. */
const FEW_MS = 24 * HOUR_MS;
/** Of so many conversations it is cheaper to look only at what was said in them. */
const FEW = 2_000;

/**
 * Conversations by their last turn that fits the filter, the newest first, paged by key. Pages after the first leave out
 * turns that began since that was read: a conversation that goes on meanwhile would leave the page it is still to come
 * on. A page narrowed by status or cost may hold fewer than asked for, even none, while there are more.
 * @throws WeirError `CURSOR_INVALID`, `RANGE_INVALID`, `FILTER_INVALID`, `QUERY_LIMIT`
 */
export async function listConversations(
  reader: Reader,
  projectId: string,
  { filter = {}, first, after }: ConversationsPageOptions,
): Promise<ConversationPage> {
  const size = Math.min(Math.max(Math.trunc(first), 1), MAX_PAGE);
  const isKept = keptBy(filter);
  const nodes: Conversation[] = [];
  let at = after === undefined ? null : decodeKey(after);
  const to = Math.min(filter.to ?? LATEST_MS, at?.asOf ?? LATEST_MS);
  let asOf = at === null ? Date.now() : at.asOf;
  const scope = { projectId, from: filter.from ?? EARLIEST_MS, to };
  const cursor = () => at && encodeKey({ ...at, asOf });
  for (let looks = 0; looks < LOOKS; looks++) {
    const asked = isKept === null ? size : LOOK;
    const found = await candidates(reader, scope, filter, at, asked + 1);
    const looked = found.slice(0, asked);
    // A clock elsewhere may be ahead: what the first page tells of is none of the next.
    if (after === undefined && looks === 0) asOf = Math.max(asOf ?? 0, (looked[0]?.at ?? 0) + 1);
    const whole = new Map(
      (
        await conversationsOf(
          reader,
          projectId,
          looked.map(({ id }) => id),
        )
      ).map((one) => [one.conversationId, one] as const),
    );
    for (const key of looked) {
      const one = whole.get(key.id);
      at = key;
      if (one !== undefined && (isKept === null || isKept(one))) nodes.push(one);
      if (nodes.length === size) break;
    }
    const isSeenWhole = found.length <= asked && at?.id === looked.at(-1)?.id;
    if (isSeenWhole) return { nodes, endCursor: cursor(), hasNextPage: false };
    if (isKept === null || nodes.length === size) break;
  }
  return { nodes, endCursor: cursor(), hasNextPage: true };
}

/** @returns null where every conversation is kept */
function keptBy({ statuses, costlierThanUsd }: ConversationFilter): ((one: Conversation) => boolean) | null {
  if (!statuses?.length && costlierThanUsd === undefined) return null;
  const least = costlierThanUsd === undefined ? null : amountOf(costlierThanUsd);
  return ({ status, usage }) =>
    (!statuses?.length || statuses.includes(status)) &&
    (least === null || (usage.costUsd !== null && parseUsd(usage.costUsd) > least));
}

function amountOf(text: string): bigint {
  try {
    return parseUsd(text);
  } catch {
    throw new WeirError('FILTER_INVALID', 'the least cost is no amount of USD with at most 12 places');
  }
}

const row = z.object({ id: z.string(), at: z.number().int() });

/** A reach shows the last turn of every conversation it meets, so the nearest with enough of them answers for all. */
async function candidates(
  reader: Reader,
  scope: Scope,
  filter: ConversationFilter,
  after: Key | null,
  limit: number,
): Promise<Key[]> {
  const latest = Math.min(scope.to, Date.now(), after === null ? LATEST_MS : after.at + 1);
  const starts = [...REACHES_MS.map((reach) => latest - reach).filter((start) => start > scope.from), scope.from];
  for (const from of starts) {
    const reach = { ...scope, from };
    const isFew = scope.to - from <= FEW_MS || latest - from <= FEW_MS;
    const found =
      (await amongFew(reader, reach, filter, after, limit)) ??
      (await lastTurns(reader, reach, filter, after, limit, isFew));
    if (found.length >= limit || from === scope.from) return found;
  }
  return [];
}

/** What is looked for in the conversations that the rest of the filter leaves; null where it leaves many, or is nothing. */
async function amongFew(
  reader: Reader,
  scope: Scope,
  filter: ConversationFilter,
  after: Key | null,
  limit: number,
): Promise<Key[] | null> {
  const { search, ...rest } = filter;
  if (search === undefined || isUuid(search) || (ofTurn(rest).sql === '' && ofLastTurn(rest) === '')) return null;
  const left = await lastTurns(reader, scope, rest, after, FEW + 1, false);
  if (left.length > FEW) return null;
  if (left.length === 0) return [];
  const ids = 'SELECT arrayJoin({among:Array(UUID)}) AS conversation_id';
  const words = searched(filter, ids);
  const found = await reader.query({
    name: 'conversations-said-in',
    sql: `SELECT toString(conversation_id) AS id FROM (${ids}) WHERE true${words.sql}`,
    params: { projectId: scope.projectId, ...words.params, among: left.map(({ id }) => id) },
    row: z.object({ id: z.string() }),
  });
  const saying = new Set(found.map(({ id }) => id));
  return left.filter(({ id }) => saying.has(id)).slice(0, limit);
}

function lastTurns(
  reader: Reader,
  scope: Scope,
  filter: ConversationFilter,
  after: Key | null,
  limit: number,
  isFew: boolean,
): Promise<Key[]> {
  const range = inScope(scope, 'started_at');
  const narrow = ofTurn(filter);
  const turns = `FROM transcript_turns_by_time_v1 WHERE ${range.sql} AND ${RETAINED}${narrow.sql}`;
  const status = ofLastTurn(filter);
  const words = searched(filter, isFew ? `SELECT conversation_id ${turns}` : null);
  const beyond = after === null ? '' : 'HAVING (at, conversation_id) < ({afterAt:Int64}, {afterId:UUID})';
  return reader.query({
    name: 'conversations-page',
    sql: `SELECT toString(conversation_id) AS id, toUnixTimestamp64Milli(max(started_at)) AS at ${turns}${words.sql}${status}
      GROUP BY conversation_id ${beyond} ORDER BY at DESC, conversation_id DESC LIMIT {limit:UInt32}`,
    params: {
      ...range.params,
      ...narrow.params,
      ...words.params,
      ...(after && { afterAt: after.at, afterId: after.id }),
      limit,
    },
    row,
  });
}
