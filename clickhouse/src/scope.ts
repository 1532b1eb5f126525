import { WeirError } from '@weir/contracts';

/** What every read is confined to: one project, and starts of calls in `[from, to)`, UTC epoch ms. */
export interface Scope {
  readonly projectId: string;
  readonly from: number;
  readonly to: number;
}

/** Absent or empty = no restriction. */
export interface UsageFilter {
  readonly providers?: readonly string[] | undefined;
  readonly models?: readonly string[] | undefined;
  readonly apps?: readonly string[] | undefined;
  readonly environments?: readonly string[] | undefined;
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
export function inScope(scope: Scope, timeColumn: 'started_at' | 'hour'): Condition {
  const { projectId, from, to } = scope;
  if (!(Number.isSafeInteger(from) && Number.isSafeInteger(to) && from < to)) {
    throw new WeirError('RANGE_INVALID', 'the range must begin before it ends');
  }
  return {
    sql: `project_id = {projectId:UUID} AND ${timeColumn} >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND ${timeColumn} < fromUnixTimestamp64Milli({to:Int64}, 'UTC')`,
    params: { projectId, from: clamp(from), to: clamp(to) },
  };
}

function clamp(instantMs: number): number {
  return Math.min(Math.max(instantMs, EARLIEST_MS), LATEST_MS);
}

/** Columns a filter may name; values are bound as arrays. */
export interface FilterColumns {
  readonly providers: string;
  readonly models: string;
  readonly apps: string;
  readonly environments: string;
}

export const FILTER_COLUMNS: FilterColumns = {
  providers: 'provider',
  models: 'model',
  apps: 'app',
  environments: 'environment',
};

export const MODEL_OF_EVENT = "coalesce(served_model, requested_model, '')";

/** Begins with ` AND` where there is anything to restrict. */
export function inFilter(filter: UsageFilter | undefined, columns: FilterColumns = FILTER_COLUMNS): Condition {
  const parts: string[] = [];
  const params: Record<string, unknown> = {};
  for (const key of Object.keys(columns) as (keyof FilterColumns)[]) {
    const values = filter?.[key];
    if (!values?.length) continue;
    parts.push(` AND ${columns[key]} IN {${key}:Array(String)}`);
    params[key] = values;
  }
  return { sql: parts.join(''), params };
}
