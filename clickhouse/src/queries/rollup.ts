import {
  type Condition,
  type Detail,
  detailsOf,
  EVENT_COLUMNS,
  inFilter,
  MODEL_OF_EVENT,
  type Params,
  type Scope,
  type UsageFilter,
} from '../scope.js';
import { type Plan, planOf } from './plan.js';
import { SUMS, SUMS_FROM, type Sum } from './sums.js';

/**
 * The one place that decides what a question about usage is read from. Sums with no more detail than the question needs:
 * neither user nor labels, one of them, both; days before hours; single rows only where a bucket or the range cuts an hour. So a range is exact
 * to the millisecond, in any zone, and cheap however long it is.
 */
export interface RowsRequest {
  readonly scope: Scope;
  readonly filter?: UsageFilter | undefined;
  /** What the grouping needs; the filter's are known. */
  readonly details?: readonly Detail[] | undefined;
  /** Starts of buckets that are told apart, UTC epoch ms; absent = the range is one. */
  readonly starts?: readonly number[] | undefined;
  /** A range that reaches to now has the hour under way as a whole. */
  readonly nowMs?: number | undefined;
  /** Only what was stored by a time counts; absent = all there is. */
  readonly asOf?: AsOf | undefined;
}

/** Sums know no time of storing: hours that were added to later are read from the rows. UTC epoch ms. */
export interface AsOf {
  readonly storedByMs: number;
  /** Starts of the hours of the range that anything stored later belongs to. */
  readonly lateHours: readonly number[];
}

export interface Rows extends Condition {
  readonly plan: Plan;
  /**
   * A query over `sql` with no sums in its rows but those it names: the server takes some milliseconds for each sum that
   * a query has, before it reads anything, needed or not.
   */
  in(query: string): string;
}

/** Sums with some details and no others. */
interface Sums {
  readonly day: string;
  readonly hour: string;
  readonly ofHour: (sums: readonly Sum[]) => string;
  /** Which of their rows, where there are several kinds in one table. */
  readonly which: string;
  /** Columns beside those that all have, and what they are in an event. */
  readonly columns: string;
  readonly ofEvent: string;
}

const SPLIT = { day: 'split_usage_per_day_v1', hour: 'split_usage_per_hour_v1', ofHour: SUMS_FROM.sums };
const USER = { columns: ', user', ofEvent: ", ifNull(e.user, '') AS user" };
const LABELS = { columns: ', agent, tags', ofEvent: ", ifNull(e.agent, '') AS agent, e.tags AS tags" };
const TABLES: Readonly<Record<'none' | Detail | 'both', Sums>> = {
  none: {
    ...{ day: 'provider_usage_per_day_v1', hour: 'provider_usage_per_hour_v1', ofHour: SUMS_FROM.sums },
    ...{ which: '', columns: '', ofEvent: '' },
  },
  user: { ...SPLIT, ...USER, which: " AND split = 'user'" },
  labels: { ...SPLIT, ...LABELS, which: " AND split = 'labels'" },
  both: {
    ...{ day: 'usage_per_day_v1', hour: 'usage_per_hour_v1', ofHour: SUMS_FROM.wideHours, which: '' },
    ...{ columns: USER.columns + LABELS.columns, ofEvent: USER.ofEvent + LABELS.ofEvent },
  },
};

function sumsWith(details: readonly Detail[]): Sums {
  if (details.includes('user')) return TABLES[details.includes('labels') ? 'both' : 'user'];
  return TABLES[details.includes('labels') ? 'labels' : 'none'];
}

/**
 * A sub-select in scope and filter: `at` (UTC epoch seconds, inside the bucket), the dimensions, the sums. Read it with
 * `sum()`. @throws WeirError `RANGE_INVALID`
 */
export function usageRows({ scope, filter, details = [], starts = [], nowMs = Date.now(), asOf }: RowsRequest): Rows {
  const plan = planOf(scope, starts, nowMs, 'day', asOf?.lateHours);
  const { day, hour, ofHour, which, columns, ofEvent } = sumsWith([...details, ...detailsOf(filter)]);
  const narrow = inFilter(filter);
  const dimensions = `environment, provider, provider_type, model, app${columns}`;
  const branches: { readonly sql: (sums: readonly Sum[]) => string; readonly params: Params }[] = [];
  if (plan.days) {
    const range = inDays(plan);
    branches.push({
      sql: (sums) =>
        `SELECT toUnixTimestamp(day) AS at, ${dimensions}${SUMS_FROM.sums(sums)} FROM ${day} WHERE ${range.sql}${which}${narrow.sql}`,
      params: range.params,
    });
  }
  if (plan.hours) {
    const range = inHours(plan);
    branches.push({
      sql: (sums) =>
        `SELECT toUnixTimestamp(hour) AS at, ${dimensions}${ofHour(sums)} FROM ${hour} WHERE ${range.sql}${which}${narrow.sql}`,
      params: range.params,
    });
  }
  if (plan.rows) {
    const range = inRows(plan);
    const events = inFilter(filter, EVENT_COLUMNS);
    const stored = (column: string) =>
      asOf ? ` AND ${column} <= fromUnixTimestamp64Milli({storedBy:Int64}, 'UTC')` : '';
    const params = { ...range.params, ...(asOf && { storedBy: asOf.storedByMs }) };
    const at = 'toUInt32(toUnixTimestamp(started_at)) AS at';
    const own = `e.environment AS environment, e.provider AS provider, ifNull(e.provider_type, '') AS provider_type,
      ${MODEL_OF_EVENT} AS model, e.app AS app${ofEvent}`;
    branches.push(
      {
        sql: (sums) =>
          `SELECT ${at}, ${own}${SUMS_FROM.events(sums)} FROM usage_events_v1 AS e WHERE ${range.sql}${stored('e.stored_at')}${events.sql}`,
        params,
      },
      {
        sql: (sums) =>
          `SELECT ${at}, ${dimensions}${SUMS_FROM.ratings(sums)} FROM ratings_v1 AS r WHERE ${range.sql}${stored('r.rated_at')}${narrow.sql}`,
        params,
      },
    );
  }
  const union = (sums: readonly Sum[]) =>
    unionOf(
      scope,
      branches.map(({ sql, params }) => ({ sql: sql(sums), params })),
      narrow.params,
    );
  const whole = union(SUMS);
  return {
    ...whole,
    plan,
    in(query) {
      const named = query.replaceAll(whole.sql, '');
      const sums = SUMS.filter((sum) => new RegExp(`\\b${sum}\\b`).test(named));
      return query.replaceAll(whole.sql, union(sums).sql);
    },
  };
}

export function unionOf({ projectId }: Scope, branches: readonly Condition[], params: Params): Condition {
  return {
    sql: `(${branches.map(({ sql }) => sql).join('\nUNION ALL\n')})`,
    params: Object.assign({ projectId }, params, ...branches.map((branch) => branch.params)),
  };
}

const PROJECT = 'project_id = {projectId:UUID}';

function inDays({ days }: Plan): Condition {
  if (!days) throw new RangeError('the plan has no days');
  const except = days.except.length ? ` AND day NOT IN {cutDays:Array(DateTime('UTC'))}` : '';
  return {
    sql: `${PROJECT} AND day >= {firstDay:DateTime('UTC')} AND day < {endOfDays:DateTime('UTC')}${except}`,
    params: {
      firstDay: text(days.from),
      endOfDays: text(days.to),
      ...(except && { cutDays: days.except.map(text) }),
    },
  };
}

/** The whole hours of a plan, in a table by the hour. */
export function inHours({ hours }: Plan): Condition {
  if (!hours) throw new RangeError('the plan has no hours');
  const within = hours.inDays ? ` AND toStartOfDay(hour) IN {hoursOfDays:Array(DateTime('UTC'))}` : '';
  const except = hours.except.length ? ` AND hour NOT IN {cutHours:Array(DateTime('UTC'))}` : '';
  return {
    sql: `${PROJECT} AND hour >= {firstHour:DateTime('UTC')} AND hour < {endOfHours:DateTime('UTC')}${within}${except}`,
    params: {
      firstHour: text(hours.from),
      endOfHours: text(hours.to),
      ...(within && { hoursOfDays: hours.inDays?.map(text) }),
      ...(except && { cutHours: hours.except.map(text) }),
    },
  };
}

/** The cut hours of a plan, in a table of rows. */
export function inRows({ from, to, rows }: Plan): Condition {
  const within = rows?.inHours ? ` AND toStartOfHour(started_at) IN {rowsOfHours:Array(DateTime('UTC'))}` : '';
  return {
    sql: `${PROJECT} AND started_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND started_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')${within}`,
    params: { from, to, ...(within && { rowsOfHours: rows?.inHours?.map(text) }) },
  };
}

/** As ClickHouse reads a time in UTC, without milliseconds. */
function text(instantMs: number): string {
  return new Date(instantMs).toISOString().slice(0, 19).replace('T', ' ');
}
