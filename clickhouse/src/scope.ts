import { WeirError } from '@weir/contracts';

/** What every read is confined to: one project, and starts of calls in `[from, to)`, UTC epoch ms. */
export interface Scope {
  readonly projectId: string;
  readonly from: number;
  readonly to: number;
}

/** Absent or empty = no restriction. In a list `''` stands for what is not known or not set. */
export interface UsageFilter {
  readonly providers?: readonly string[] | undefined;
  readonly exceptProviders?: readonly string[] | undefined;
  readonly providerTypes?: readonly string[] | undefined;
  readonly models?: readonly string[] | undefined;
  readonly apps?: readonly string[] | undefined;
  readonly users?: readonly string[] | undefined;
  readonly agents?: readonly string[] | undefined;
  readonly environments?: readonly string[] | undefined;
  /** Any of the values of a key, of every key; `''` = without that tag. */
  readonly tags?: readonly TagFilter[] | undefined;
  /** Narrow tokens and spend to these kinds and calls to those that had any of them (queries/kinds.ts). */
  readonly tokenTypes?: readonly string[] | undefined;
  readonly costTypes?: readonly string[] | undefined;
}

export interface TagFilter {
  readonly key: string;
  readonly values: readonly string[];
}

export type Params = Readonly<Record<string, unknown>>;
export interface Condition {
  readonly sql: string;
  readonly params: Params;
}

/** 2020-01-01 and 2100-01-01: nothing is stored outside. */
export const EARLIEST_MS = Date.UTC(2020, 0, 1);
export const LATEST_MS = Date.UTC(2100, 0, 1);

/** Project first, then time: the order of every table's key. @throws WeirError `RANGE_INVALID` */
export function inScope(scope: Scope, timeColumn: 'started_at' | 'hour' | 'day'): Condition {
  const { projectId, from, to } = scope;
  if (!(Number.isSafeInteger(from) && Number.isSafeInteger(to) && from < to)) {
    throw new WeirError('RANGE_INVALID', 'the range must begin before it ends');
  }
  return {
    sql: `project_id = {projectId:UUID} AND ${timeColumn} >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND ${timeColumn} < fromUnixTimestamp64Milli({to:Int64}, 'UTC')`,
    params: { projectId, from: clamp(from), to: clamp(to) },
  };
}

export function clamp(instantMs: number): number {
  return Math.min(Math.max(instantMs, EARLIEST_MS), LATEST_MS);
}

/** Lists of a filter -> the column that each names, in the sums and in the ratings. */
const COLUMNS = {
  providers: 'provider',
  providerTypes: 'provider_type',
  models: 'model',
  apps: 'app',
  users: 'user',
  agents: 'agent',
  environments: 'environment',
} as const;
type Columns = Readonly<Record<keyof typeof COLUMNS | 'tags', string>>;

/** Names of columns in `usage_per_hour_v1` and its kin, and in `ratings_v1`. */
export const SUM_COLUMNS: Columns = { ...COLUMNS, tags: 'tags' };

export const MODEL_OF_EVENT = "coalesce(e.served_model, e.requested_model, '')";

/** The same of `usage_events_v1 AS e`. */
export const EVENT_COLUMNS: Columns = {
  providers: 'e.provider',
  providerTypes: "ifNull(e.provider_type, '')",
  models: MODEL_OF_EVENT,
  apps: 'e.app',
  users: "ifNull(e.user, '')",
  agents: "ifNull(e.agent, '')",
  environments: 'e.environment',
  tags: 'e.tags',
};

/** Begins with ` AND` where there is anything to restrict. Kinds of tokens and cost are the business of queries/kinds.ts. */
export function inFilter(filter: UsageFilter | undefined, columns: Columns = SUM_COLUMNS): Condition {
  const parts: string[] = [];
  const params: Record<string, unknown> = {};
  for (const list of Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]) {
    const values = filter?.[list];
    if (!values?.length) continue;
    parts.push(` AND ${columns[list]} IN {${list}:Array(String)}`);
    params[list] = values;
  }
  if (filter?.exceptProviders?.length) {
    parts.push(` AND ${columns.providers} NOT IN {exceptProviders:Array(String)}`);
    params.exceptProviders = filter.exceptProviders;
  }
  for (const [index, { key, values }] of (filter?.tags ?? []).entries()) {
    if (values.length === 0) continue;
    parts.push(` AND ${columns.tags}[{tagKey_${index}:String}] IN {tagValues_${index}:Array(String)}`);
    params[`tagKey_${index}`] = key;
    params[`tagValues_${index}`] = values;
  }
  return { sql: parts.join(''), params };
}

/** What a question is about beside provider, model, app and environment; labels are agent and tags. */
export type Detail = 'user' | 'labels';

/** The details that a filter needs. */
export function detailsOf({ users, agents, tags }: UsageFilter = {}): Detail[] {
  const hasLabels = agents?.length || tags?.some(({ values }) => values.length > 0);
  return [...(users?.length ? ['user' as const] : []), ...(hasLabels ? ['labels' as const] : [])];
}
