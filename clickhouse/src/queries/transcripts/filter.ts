import { z } from 'zod';
import { type Condition, inFilter, type UsageFilter } from '../../scope.js';
import { searchWords } from '../../transcripts/search-words.js';
import { RETAINED } from './retained.js';

export const CONVERSATION_STATUSES = ['running', 'completed', 'error'] as const;
/** A last answer that waits for a tool is taken for work in progress for so long. */
export const RUNNING_FOR_MINUTES = 10;
export type ConversationStatus = (typeof CONVERSATION_STATUSES)[number];

/** Which conversations are listed: those with a turn that all of it is true of, and status and cost of the whole. */
export interface ConversationFilter
  extends Pick<UsageFilter, 'providers' | 'models' | 'apps' | 'users' | 'agents' | 'environments' | 'tags'> {
  /** Turns that began in `[from, to)`, UTC epoch ms; absent = open. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Words that one message has all of, or an id: of a conversation, turn, call, answer or trace. */
  readonly search?: string | undefined;
  /** Words are not looked for: for those who may not know what was said. */
  readonly searchIdsOnly?: boolean | undefined;
  readonly statuses?: readonly ConversationStatus[] | undefined;
  /** Ours or the upstream's. */
  readonly errorCodes?: readonly string[] | undefined;
  /** A turn that took longer. */
  readonly slowerThanMs?: number | undefined;
  /** Decimal text; what is known of its cost is more. */
  readonly costlierThanUsd?: string | undefined;
}

/** What can be told of a turn alone. Begins with ` AND` where there is anything to restrict. */
export function ofTurn(filter: ConversationFilter): Condition {
  const usual = inFilter(filter);
  const codes = filter.errorCodes?.length ? ' AND hasAny(error_codes, {errorCodes:Array(String)})' : '';
  const slower = filter.slowerThanMs === undefined ? '' : ' AND duration_ms > {slowerThanMs:Float64}';
  return {
    sql: `${usual.sql}${codes}${slower}`,
    params: {
      ...usual.params,
      ...(codes && { errorCodes: filter.errorCodes }),
      ...(slower && { slowerThanMs: filter.slowerThanMs }),
    },
  };
}

/**
 * What has to be true of a conversation for any of the statuses to be its, so that few have to be looked at as a whole.
 * Begins with ` AND` where there is anything to restrict; takes `from` as {@link inScope} binds it.
 */
export function ofLastTurn({ statuses }: ConversationFilter): string {
  const [status, ...others] = new Set(statuses);
  if (status === undefined || status === 'completed' || others.length > 0) return '';
  const is = status === 'error' ? 'is_failed' : `started_at > now64(3, 'UTC') - INTERVAL ${RUNNING_FOR_MINUTES} MINUTE`;
  // The turn that decides comes after those that the rest of the filter is true of.
  return ` AND conversation_id IN (SELECT conversation_id FROM transcript_turns_by_time_v1
    WHERE project_id = {projectId:UUID} AND started_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND ${is} AND ${RETAINED})`;
}

const uuid = z.string().uuid();
/** It may be the id of a turn or a call, too. */
export const isUuid = (search: string): boolean => uuid.safeParse(search.trim()).success;

/**
 * @param among SQL of the conversations that come into question, null where looking at all is cheaper
 * @returns begins with ` AND` where anything is looked for
 */
export function searched({ search, searchIdsOnly }: ConversationFilter, among: string | null): Condition {
  const text = search?.trim() ?? '';
  if (text === '') return { sql: '', params: {} };
  const words = searchIdsOnly ? [] : searchWords(text);
  const messages = `SELECT conversation_id FROM transcript_messages_v1 WHERE project_id = {projectId:UUID} AND ${RETAINED}
    AND hasAllTokens(words, {words:Array(String)})${among === null ? '' : ` AND conversation_id IN (${among})`}`;
  const ids = `SELECT conversation_id FROM transcript_turns_v1 WHERE project_id = {projectId:UUID} AND ${RETAINED}
    AND (stated_id = {searchId:String} OR response_id = {searchId:String} OR trace_id = {searchId:String})`;
  const ways = [
    `conversation_id IN (${ids})`,
    ...(words.length === 0 ? [] : [`conversation_id IN (${messages})`]),
    ...(isUuid(text)
      ? ['conversation_id = {searchUuid:UUID}', 'event_id = {searchUuid:UUID}', 'call_id = {searchUuid:UUID}']
      : []),
  ];
  return {
    sql: ` AND (${ways.join(' OR ')})`,
    params: {
      searchId: text,
      ...(words.length > 0 && { words }),
      ...(ways.some((way) => way.includes('searchUuid')) && { searchUuid: text }),
    },
  };
}
