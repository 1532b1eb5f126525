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
import { DAY_MS, type Moved, type Plan, planOf } from './plan.js';
import { type Sums, sumsWith } from './sum-tables.js';
import { SUMS, SUMS_FROM, type Sum, turned } from './sums.js';

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

/**
 * A sub-select in scope and filter: `at` (UTC epoch seconds, inside the bucket), the dimensions, the sums. Read it with
 * `sum()`. @throws WeirError `RANGE_INVALID`
 */
export function usageRows({ scope, filter, details = [], starts = [], nowMs = Date.now(), asOf }: RowsRequest): Rows {
  const plan = planOf(scope, starts, nowMs, 'day', asOf?.lateHours);
  const tables = sumsWith([...details, ...detailsOf(filter)]);
  const { days, hours, rows } = plan;
  const branches = [
    ...(days ? [fromDays(tables, filter, inDays(plan), days.moved?.anchorMs ?? 0)] : []),
    ...(hours ? [fromHours(tables, filter, inHours(plan))] : []),
    ...(rows ? fromRows(tables, filter, inRows(plan), asOf) : []),
    ...(days?.moved ? movedRows(tables, filter, plan, days.moved, asOf) : []),
  ];
  const narrow = inFilter(filter);
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

interface Branch {
  readonly sql: (sums: readonly Sum[]) => string;
  readonly params: Params;
}

const DIMENSIONS = 'environment, provider, provider_type, model, app';

function fromDays({ day, which, columns }: Sums, filter: UsageFilter | undefined, range: Condition, anchorMs: number) {
  const at = `toUInt32(toUnixTimestamp(day) + ${anchorMs / 1_000}) AS at`;
  const where = `${range.sql}${which}${inFilter(filter).sql}`;
  return {
    sql: (sums: readonly Sum[]) =>
      `SELECT ${at}, ${DIMENSIONS}${columns}${SUMS_FROM.sums(sums)} FROM ${day} WHERE ${where}`,
    params: range.params,
  };
}

function fromHours({ hour, ofHour, which, columns }: Sums, filter: UsageFilter | undefined, range: Condition): Branch {
  const where = `${range.sql}${which}${inFilter(filter).sql}`;
  return {
    sql: (sums) =>
      `SELECT toUnixTimestamp(hour) AS at, ${DIMENSIONS}${columns}${ofHour(sums)} FROM ${hour} WHERE ${where}`,
    params: range.params,
  };
}

function fromRows(
  { columns, ofEvent }: Sums,
  filter: UsageFilter | undefined,
  range: Condition,
  asOf: AsOf | undefined,
): Branch[] {
  const events = inFilter(filter, EVENT_COLUMNS);
  const stored = (column: string) =>
    asOf ? ` AND ${column} <= fromUnixTimestamp64Milli({storedBy:Int64}, 'UTC')` : '';
  const params = { ...range.params, ...(asOf && { storedBy: asOf.storedByMs }) };
  const at = 'toUInt32(toUnixTimestamp(started_at)) AS at';
  const own = `e.environment AS environment, e.provider AS provider, ifNull(e.provider_type, '') AS provider_type,
      ${MODEL_OF_EVENT} AS model, e.app AS app${ofEvent}`;
  return [
    {
      sql: (sums) =>
        `SELECT ${at}, ${own}${SUMS_FROM.events(sums)} FROM usage_events_v1 AS e WHERE ${range.sql}${stored('e.stored_at')}${events.sql}`,
      params,
    },
    {
      sql: (sums) =>
        `SELECT ${at}, ${DIMENSIONS}${columns}${SUMS_FROM.ratings(sums)} FROM ratings_v1 AS r WHERE ${range.sql}${stored('r.rated_at')}${inFilter(filter).sql}`,
      params,
    },
  ];
}

/** What days have in the wrong bucket, once as it is and once taken away from where its day stands. */
function movedRows(
  tables: Sums,
  filter: UsageFilter | undefined,
  plan: Plan,
  { hours, cutHours, anchorMs }: Moved,
  asOf: AsOf | undefined,
): Branch[] {
  const branches = [
    ...(hours.length > 0 ? [fromHours(tables, filter, atHours(hours))] : []),
    ...(cutHours.length > 0 ? fromRows(tables, filter, rowsOf(plan, cutHours, 'movedRowsOfHours'), asOf) : []),
  ];
  const ofDay = `toUInt32(intDiv(m.at, ${DAY_MS / 1_000}) * ${DAY_MS / 1_000} + ${anchorMs / 1_000})`;
  return branches.map(({ sql, params }) => ({
    sql: (sums) =>
      `SELECT move.1 AS at, ${DIMENSIONS}${tables.columns}${turned(sums, 'move.2')} FROM (${sql(sums)}) AS m
      ARRAY JOIN [(m.at, toInt8(1)), (${ofDay}, toInt8(-1))] AS move`,
    params,
  }));
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
export function inRows(plan: Plan): Condition {
  return rowsOf(plan, plan.rows?.inHours ?? null, 'rowsOfHours');
}

/** Rows of some hours of a range, null = of all of it. Several of them in one question have parameters of other names. */
function rowsOf({ from, to }: Plan, hours: readonly number[] | null, name: string): Condition {
  const within = hours ? ` AND toStartOfHour(started_at) IN {${name}:Array(DateTime('UTC'))}` : '';
  return {
    sql: `${PROJECT} AND started_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND started_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')${within}`,
    params: { from, to, ...(hours && { [name]: hours.map(text) }) },
  };
}

function atHours(hours: readonly number[]): Condition {
  return {
    sql: `${PROJECT} AND hour IN {movedHours:Array(DateTime('UTC'))}`,
    params: { movedHours: hours.map(text) },
  };
}

/** As ClickHouse reads a time in UTC, without milliseconds. */
function text(instantMs: number): string {
  return new Date(instantMs).toISOString().slice(0, 19).replace('T', ' ');
}
