import { formatUsd, parseUsd } from '@weir/contracts';
import { z } from 'zod';
import type { Reader } from '../client.js';
import type { Scope, UsageFilter } from '../scope.js';
import { askWithin } from './cost-guard.js';
import { figuresOf } from './figures.js';
import { bucketOf } from './group-rows.js';
import { keptBy } from './kinds.js';
import { ACCURACY, type Timings, timingsOf, UNTIMED } from './percentiles.js';
import { usageRows } from './rollup.js';
import { bucketStarts, type Interval } from './time/buckets.js';

export interface QualityOptions {
  readonly interval: Interval;
  /** IANA name; absent = UTC. */
  readonly timeZone?: string | undefined;
  /** Kinds of token and cost narrow tokens, calls and spend; how long answers took is of all calls that are left. */
  readonly filter?: UsageFilter | undefined;
}

/** null = there is nothing to work it out from. */
export interface QualityPoint {
  readonly attempts: number;
  readonly failed: number;
  /** Of the attempts that were sent on. */
  readonly errorRate: number | null;
  readonly latencyP50Ms: number | null;
  readonly latencyP95Ms: number | null;
  readonly latencyP99Ms: number | null;
  readonly firstTokenP50Ms: number | null;
  readonly firstTokenP95Ms: number | null;
  readonly firstTokenP99Ms: number | null;
  /** Cached input of all input, cache writes included. */
  readonly cacheHitRate: number | null;
  /** USD a priced attempt, rounded to 12 places. */
  readonly costPerCall: string | null;
  /** USD for 1,000 output tokens of all that was spent, rounded to 12 places. */
  readonly costPerThousandOutputTokens: string | null;
}

export interface UsageQuality {
  /** Starts of the buckets, UTC epoch ms; the first may lie before the range. */
  readonly buckets: readonly number[];
  /** One per bucket. */
  readonly points: readonly QualityPoint[];
  readonly whole: QualityPoint;
  /** How exact percentiles are, for people. */
  readonly accuracy: string;
}

const sums = z.object({
  bucket: z.number().int(),
  attempts: z.number(),
  failed: z.number(),
  refused: z.number(),
  input: z.number(),
  cached: z.number(),
  cacheWrites: z.number(),
  output: z.number(),
  priced: z.number(),
  spend: z.string(),
});
type Sums = z.output<typeof sums>;

/** How well calls went and what they cost each. @throws WeirError as `usageOverTime` */
export async function usageQuality(reader: Reader, scope: Scope, options: QualityOptions): Promise<UsageQuality> {
  const starts = bucketStarts(scope, options.interval, options.timeZone);
  const nowMs = Date.now();
  const rows = usageRows({ scope, filter: options.filter, starts, nowMs });
  const bucket = bucketOf(starts);
  const kept = keptBy(options.filter);
  const figures = figuresOf(kept);
  const [found, timings] = await Promise.all([
    askWithin(reader, rows, {
      name: 'usage-quality',
      sql: `
        SELECT ${bucket.sql} AS bucket, ${figures.attempts} AS attempts, ${figures.failedCalls} AS failed,
          ${figures.refusedCalls} AS refused, ${figures.inputTokens} AS input, ${figures.cachedInputTokens} AS cached,
          ${figures.cacheWriteTokens} AS cacheWrites, ${figures.outputTokens} AS output,
          ${figures.pricedCalls} AS priced, toString(${figures.spend}) AS spend
        FROM ${rows.sql} AS u
        GROUP BY bucket`,
      params: { ...rows.params, ...bucket.params },
      row: sums,
    }),
    timingsOf(reader, rows, bucket),
  ]);
  const byStart = new Map(found.map((one) => [one.bucket, one]));
  // What a call cost does not tell how it ended.
  const told = (point: QualityPoint) => (kept.calls.by === 'cost' ? { ...point, errorRate: null } : point);
  const points = starts.map((start) => {
    const at = Math.floor(start / 1_000);
    return told(pointOf(byStart.get(at), timings.byStart.get(at)));
  });
  const whole = told(pointOf(found.reduce(plus, NOTHING), timings.whole));
  return { buckets: starts, points, whole, accuracy: ACCURACY };
}

const NOTHING: Sums = {
  ...{ bucket: 0, attempts: 0, failed: 0, refused: 0, input: 0, cached: 0, cacheWrites: 0, output: 0, priced: 0 },
  spend: '0',
};

function plus(one: Sums, two: Sums): Sums {
  return {
    bucket: 0,
    attempts: one.attempts + two.attempts,
    failed: one.failed + two.failed,
    refused: one.refused + two.refused,
    input: one.input + two.input,
    cached: one.cached + two.cached,
    cacheWrites: one.cacheWrites + two.cacheWrites,
    output: one.output + two.output,
    priced: one.priced + two.priced,
    spend: formatUsd(parseUsd(one.spend) + parseUsd(two.spend)),
  };
}

function pointOf(
  { attempts, failed, refused, input, cached, cacheWrites, output, priced, spend }: Sums = NOTHING,
  { latency, firstToken }: Timings = UNTIMED,
): QualityPoint {
  const [latencyP50Ms, latencyP95Ms, latencyP99Ms] = latency;
  const [firstTokenP50Ms, firstTokenP95Ms, firstTokenP99Ms] = firstToken;
  return {
    attempts,
    failed,
    errorRate: share(failed, attempts - refused),
    ...{ latencyP50Ms, latencyP95Ms, latencyP99Ms, firstTokenP50Ms, firstTokenP95Ms, firstTokenP99Ms },
    cacheHitRate: share(cached, input + cached + cacheWrites),
    costPerCall: each(parseUsd(spend), priced),
    costPerThousandOutputTokens: priced > 0 ? each(parseUsd(spend) * 1_000n, output) : null,
  };
}

const share = (part: number, whole: number) => (whole > 0 ? part / whole : null);

/** Halves are rounded away from zero. */
function each(pico: bigint, by: number): string | null {
  if (by <= 0) return null;
  const divisor = BigInt(by);
  const half = pico < 0n ? -divisor / 2n : divisor / 2n;
  return formatUsd((pico + half) / divisor);
}
