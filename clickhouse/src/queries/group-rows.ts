import type { Condition, Scope, UsageFilter } from '../scope.js';
import { detailOf, type Grouping, isByKind, keyOf, PROVIDER_TYPE, rowsByKind } from './dimension.js';
import { figuresOf } from './figures.js';
import { EVERYTHING, type Kept, keptBy } from './kinds.js';
import { type Rows, usageRows } from './rollup.js';

/** The rows that a question groups by one dimension, read as `u`, and how it reads them. */
export interface GroupRows extends Condition {
  readonly rows: Rows;
  readonly key: string;
  readonly providerType: string;
  /** What is left to narrow: rows by kind are narrowed already. */
  readonly kept: Kept;
  readonly figures: ReturnType<typeof figuresOf>;
  /** Holds for groups that have anything. */
  readonly having: string;
  /** Start of the bucket of a row, UTC epoch seconds. */
  readonly bucket: string;
}

export interface GroupRowsOptions extends Grouping {
  readonly filter?: UsageFilter | undefined;
  /** Starts of buckets, UTC epoch ms; absent = the range is one. */
  readonly starts?: readonly number[] | undefined;
  readonly nowMs?: number | undefined;
}

/** @throws WeirError `RANGE_INVALID`, `FILTER_INVALID`, `TAG_KEY_MISSING` */
export function groupRows(scope: Scope, options: GroupRowsOptions): GroupRows {
  const { filter, starts, nowMs } = options;
  const rows = usageRows({ scope, filter, starts, nowMs, details: detailOf(options.groupBy) });
  const key = keyOf(options);
  const bucket = bucketOf(starts);
  const asked = keptBy(filter);
  const byKind = isByKind(options);
  const source = byKind ? rowsByKind(options.groupBy, asked, rows, bucket.sql) : rows;
  const kept = byKind ? EVERYTHING : asked;
  const figures = figuresOf(kept);
  return {
    sql: source.sql,
    params: { ...rows.params, ...key.params, ...bucket.params },
    rows,
    key: key.sql,
    providerType: PROVIDER_TYPE,
    kept,
    figures,
    having: havingAny(figures, !byKind && kept.calls.by === 'all'),
    bucket: byKind ? 'u.at' : bucket.sql,
  };
}

/** @param isWhole no kind narrows what is counted: whatever has tokens has an attempt then */
export function havingAny({ attempts, spend, totalTokens }: ReturnType<typeof figuresOf>, isWhole: boolean): string {
  const some = `${attempts} > 0 OR ${spend} != 0`;
  return isWhole ? some : `${some} OR ${totalTokens} > 0`;
}

/** Which bucket a row belongs to is looked up among the very starts that are shown. */
export function bucketOf(starts: readonly number[] | undefined): Condition {
  if (!starts?.length) return { sql: 'toUInt32(0)', params: {} };
  return {
    sql: 'roundDown(u.at, {starts:Array(UInt32)})',
    params: { starts: starts.map((start) => Math.floor(start / 1_000)) },
  };
}
