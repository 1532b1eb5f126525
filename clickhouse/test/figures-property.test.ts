import { formatUsd, newId, parseUsd } from '@weir/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import {
  callsPage,
  migrate,
  type Reader,
  ratingsTable,
  reader,
  reportRows,
  type Streamer,
  streamer,
  USAGE_DIMENSIONS,
  type UsageDimension,
  type UsageFilter,
  type UsageTotals,
  usageAroundDays,
  usageBreakdown,
  usageEventsTable,
  usageFacets,
  usageOverTime,
  usageQuality,
  usageTagKeys,
  usageTotals,
  type Writer,
  writer,
} from '../src/index.js';
import { type ClickHouseServer, startClickHouse } from './support/clickhouse-server.js';
import { type Plain, plainFigures } from './support/plain-sql.js';
import { anyFilter, anyRange, FIRST_MS, LAST_MS, randomUsage } from './support/random-usage.js';

const CALLS = 1_500;
const RUNS = 8;
const SEED = Date.now() % 2_147_483_647;
/** Hundreds of questions on a machine that may do much else. */
const TIMEOUT_MS = 300_000;
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Africa/Cairo',
  'America/St_Johns',
  'Pacific/Auckland',
];

let server: ClickHouseServer;
let write: Writer;
let read: Reader;
let stream: Streamer;
const projectId = newId();

beforeAll(async () => {
  server = await startClickHouse();
  const url = server.newDatabase();
  await migrate(url);
  write = writer(url);
  read = reader(url);
  stream = streamer(url);
  for (const [project, calls] of [
    [projectId, CALLS],
    [newId(), 200],
  ] as const) {
    const { events, ratings } = randomUsage(project, calls, SEED);
    for (let part = 0; part < 5; part++) {
      const mine = <Row>(rows: readonly Row[]) => rows.filter((_, index) => index % 5 === part);
      for (let repeat = 0; repeat < 2; repeat++) {
        await usageEventsTable(write).insert(mine(events), `${project}-events-${part}`);
        await ratingsTable(write).insert(mine(ratings), `${project}-ratings-${part}`);
      }
    }
  }
}, TIMEOUT_MS);
afterAll(async () => {
  await Promise.all([write.close(), read.close(), stream.close()]);
  await server.stop();
});

function holds<T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => Promise<void>) {
  return fc.assert(fc.asyncProperty(arbitrary, check), { numRuns: RUNS, seed: SEED, endOnFailure: true });
}

const asked = fc.record({ filter: anyFilter, range: anyRange });
const grouping = fc
  .constantFrom(...USAGE_DIMENSIONS)
  .chain((groupBy) =>
    fc.constantFrom('team', 'odd key').map((tagKey) => ({ groupBy, tagKey: groupBy === 'tag' ? tagKey : undefined })),
  );

const isSomething = ({ attempts, spend, totalTokens }: UsageTotals) =>
  attempts > 0 || !/^-?0?\.?0*$/.test(spend) || totalTokens > 0;

/** Groups that have anything, biggest first, as every function orders them. */
function ranked(plain: Plain): [string, UsageTotals][] {
  const groups = [...plain].flatMap(([key, buckets]): [string, UsageTotals][] => {
    const whole = buckets.get(0);
    return whole ? [[key, whole]] : [];
  });
  const byText = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
  return groups
    .filter(([, totals]) => isSomething(totals))
    .sort(([a, one], [b, two]) => {
      const spend = parseUsd(two.spend) - parseUsd(one.spend);
      return spend !== 0n ? (spend > 0n ? 1 : -1) : two.attempts - one.attempts || byText(a, b);
    });
}

const figures = async (
  question: { filter: object; range: { from: number; to: number } },
  groupBy: UsageDimension | null,
  tagKey?: string,
) =>
  plainFigures(read, {
    scope: { projectId, ...question.range },
    filter: question.filter,
    groupBy,
    tagKey,
    bucket: null,
  });

test(
  `totals and breakdowns equal plain SQL over events and ratings (seed ${SEED})`,
  async () => {
    let found = 0;
    await holds(fc.tuple(asked, grouping), async ([question, { groupBy, tagKey }]) => {
      const scope = { projectId, ...question.range };
      const [all, groups] = await Promise.all([figures(question, null), figures(question, groupBy, tagKey)]);
      const totals = await usageTotals(read, scope, question.filter);
      if (all.size > 0) expect(totals).toEqual(all.get('')?.get(0));
      else expect(isSomething(totals)).toBe(false);
      const breakdown = await usageBreakdown(read, scope, { groupBy, tagKey, filter: question.filter, first: 1_000 });
      const expected = ranked(groups);
      expect(breakdown.map(({ key, totals: own }) => [key, own])).toEqual(expected);
      found += breakdown.length;
      const [, ...rest] = breakdown;
      const later = await usageBreakdown(read, scope, {
        groupBy,
        tagKey,
        filter: question.filter,
        first: 2,
        offset: 1,
      });
      expect(later).toEqual(rest.slice(0, 2));
    });
    expect(found).toBeGreaterThan(RUNS);
  },
  TIMEOUT_MS,
);

const buckets = fc.record({
  interval: fc.constantFrom('hour' as const, 'day' as const, 'month' as const),
  timeZone: fc.constantFrom(...ZONES),
});
const BUCKET = { hour: 'toStartOfHour', day: 'toStartOfDay', month: 'toStartOfMonth' } as const;
const bucketIn = (interval: 'hour' | 'day' | 'month', zone: string) => (time: string) =>
  interval === 'month'
    ? `toDateTime(toStartOfMonth(toTimeZone(${time}, '${zone}')), '${zone}')`
    : `${BUCKET[interval]}(toTimeZone(toDateTime(${time}), '${zone}'))`;

interface SeriesAsked {
  readonly question: { readonly filter: UsageFilter; readonly range: { readonly from: number; readonly to: number } };
  readonly group: { readonly groupBy: UsageDimension; readonly tagKey?: string | undefined };
  readonly by: { readonly interval: 'hour' | 'day' | 'month'; readonly timeZone: string };
  readonly top: number;
}

async function expectSeries({ question, group, by, top }: SeriesAsked) {
  const { filter, range } = question;
  const { interval } = by;
  const scope = { projectId, ...range };
  const plain = await plainFigures(read, { scope, filter, ...group, bucket: bucketIn(interval, by.timeZone) });
  const series = await usageOverTime(read, scope, { ...group, interval, timeZone: by.timeZone, filter, top });
  expect(series.totals).toEqual(await usageTotals(read, scope, filter));
  const order = ranked(await figures(question, group.groupBy, group.tagKey)).map(([key]) => key);
  expect(series.groups.filter(({ other }) => !other).map(({ key }) => key)).toEqual(order.slice(0, top));
  expect(series.otherGroups).toBe(Math.max(0, order.length - top));
  expect(series.groups.some(({ other }) => other)).toBe(order.length > top);
  for (const { key, other, ...values } of series.groups) {
    const keys = other ? order.slice(top) : [key];
    const want = series.buckets.map((start) => {
      const own = keys.flatMap((one) => plain.get(one)?.get(start / 1_000) ?? []);
      const add = (of: (totals: UsageTotals) => number) => own.reduce((sum, totals) => sum + of(totals), 0);
      return [
        formatUsd(own.reduce((sum, { spend }) => sum + parseUsd(spend), 0n)),
        ...[
          add(({ calls }) => calls),
          add(({ totalTokens }) => totalTokens),
          add(({ unpricedCalls }) => unpricedCalls),
        ],
      ];
    });
    const got = series.buckets.map((_, i) => [
      values.spend[i],
      values.calls[i],
      values.tokens[i],
      values.unpricedCalls[i],
    ]);
    expect(got).toEqual(want);
  }
  const starts = new Set(series.buckets.map((start) => start / 1_000));
  for (const own of plain.values()) for (const start of own.keys()) expect(starts).toContain(start);
}

test(
  `series equal plain SQL in every zone, the rest as one group (seed ${SEED})`,
  () =>
    holds(
      fc.record({ question: asked, group: grouping, by: buckets, top: fc.integer({ min: 1, max: 4 }) }),
      expectSeries,
    ),
  TIMEOUT_MS,
);

test.each(ZONES)('all there is by day and by month in %s equals plain SQL', async (timeZone) => {
  const question = { filter: {}, range: { from: FIRST_MS, to: LAST_MS + 1 } };
  for (const interval of ['day', 'month'] as const) {
    await expectSeries({ question, group: { groupBy: 'user' }, by: { interval, timeZone }, top: 4 });
  }
});

test(
  `the full report equals plain SQL for any mix of dimensions (seed ${SEED})`,
  async () => {
    await holds(fc.tuple(asked, buckets), async ([{ filter, range }, by]) => {
      const scope = { projectId, ...range };
      const interval = by.interval as 'hour' | 'day' | 'month';
      const whole = await usageTotals(read, scope, filter);
      const query = {
        ...{ interval, timeZone: by.timeZone, filter, dimensions: ['provider', 'user'] as const, tagKeys: ['team'] },
        providerNames: new Map<string, string>(),
        storedByMs: Date.now() + 3_600_000,
      };
      let calls = 0;
      let spend = 0n;
      const perUser = new Map<string, bigint>();
      for await (const row of reportRows(stream, scope, query)) {
        const usd = parseUsd(row.at(-1) ?? '');
        calls += Number(row[5]);
        spend += usd;
        perUser.set(row[3] ?? '', (perUser.get(row[3] ?? '') ?? 0n) + usd);
        const parts = row.slice(-8, -1).reduce((sum, part) => sum + parseUsd(part), 0n);
        expect(formatUsd(parts)).toBe(formatUsd(usd));
      }
      expect([calls, formatUsd(spend)]).toEqual([whole.calls, whole.spend]);
      const users = await figures({ filter, range }, 'user');
      for (const [user, usd] of perUser) expect(formatUsd(usd)).toBe(users.get(user)?.get(0)?.spend);
    });
  },
  TIMEOUT_MS,
);

test(
  `facets are what the others leave, and tag keys are all there are (seed ${SEED})`,
  async () => {
    await holds(fc.tuple(asked, grouping), async ([{ filter, range }, { groupBy, tagKey }]) => {
      const scope = { projectId, ...range };
      const facets = await usageFacets(read, scope, { dimension: groupBy, tagKey, filter, first: 500 });
      const own: Readonly<Record<string, string>> = {
        provider_type: 'providerTypes',
        token_type: 'tokenTypes',
        cost_type: 'costTypes',
      };
      const without =
        groupBy === 'tag'
          ? { ...filter, tags: filter.tags?.filter(({ key }) => key !== tagKey) }
          : { ...filter, [own[groupBy] ?? `${groupBy}s`]: undefined };
      const expected = ranked(await figures({ filter: without, range }, groupBy, tagKey));
      expect(facets.values).toEqual(expected.map(([key, { calls, spend }]) => ({ key, calls, spend })));
      const [first] = facets.values;
      if (first && first.key !== '') {
        const search = first.key.slice(0, 2).toUpperCase();
        const some = await usageFacets(read, scope, { dimension: groupBy, tagKey, filter, first: 1, search });
        const fitting = facets.values.filter(({ key }) => key.toUpperCase().includes(search));
        expect(some).toEqual({ values: fitting.slice(0, 1), more: fitting.length > 1 });
      }
      const keys = await usageTagKeys(read, scope, {});
      const [all] = await read.query({
        name: 'plain-keys',
        sql: `SELECT arraySort(arrayDistinct(groupArrayArray(mapKeys(tags)))) AS tagKeys FROM usage_events_v1
        WHERE project_id = '${projectId}' AND toUnixTimestamp64Milli(started_at) >= ${range.from} AND toUnixTimestamp64Milli(started_at) < ${range.to}`,
        row: z.object({ tagKeys: z.array(z.string()) }),
      });
      expect(keys).toEqual(all?.tagKeys);
    });
  },
  TIMEOUT_MS,
);

test(
  `every bar leads to its calls, page by page (seed ${SEED})`,
  async () => {
    await holds(fc.tuple(asked, fc.integer({ min: 90, max: 400 })), async ([{ filter, range }, first]) => {
      const totals = await usageTotals(read, { projectId, ...range }, filter);
      const seen = new Set<string>();
      let after: string | undefined;
      let before = Number.POSITIVE_INFINITY;
      do {
        const page = await callsPage(read, projectId, { filter: { ...filter, ...range }, first, after });
        for (const { eventId, startedAt } of page.nodes) {
          expect(startedAt).toBeLessThanOrEqual(before);
          expect(seen.has(eventId)).toBe(false);
          seen.add(eventId);
          before = startedAt;
        }
        after = page.hasNextPage ? (page.endCursor ?? undefined) : undefined;
      } while (after !== undefined);
      expect(seen.size).toBe(totals.attempts);
    });
  },
  TIMEOUT_MS,
);

const exact = z.object({ attempts: z.number(), latency: z.array(z.number()), first: z.array(z.number()) });

test(
  `percentiles are within 1 % of the exact ones, rates are exact (seed ${SEED})`,
  async () => {
    const nearest = (sorted: readonly number[], percent: number) =>
      sorted[Math.max(0, Math.ceil((percent * sorted.length) / 100 - 1e-9) - 1)];
    await holds(fc.tuple(asked, buckets), async ([{ filter: drawn, range }, by]) => {
      const filter = { ...drawn, tokenTypes: undefined, costTypes: undefined };
      const scope = { projectId, ...range };
      const quality = await usageQuality(read, scope, {
        interval: by.interval as 'hour',
        timeZone: by.timeZone,
        filter,
      });
      const totals = await usageTotals(read, scope, filter);
      const { whole } = quality;
      const ids = new Set<string>();
      let after: string | undefined;
      const latency: number[] = [];
      const first: number[] = [];
      do {
        const page = await callsPage(read, projectId, { filter: { ...filter, ...range }, first: 500, after });
        for (const call of page.nodes) {
          ids.add(call.eventId);
          if (call.outcome === 'refused') continue;
          if (call.durationMs !== null) latency.push(call.durationMs);
          if (call.firstTokenMs !== null) first.push(call.firstTokenMs);
        }
        after = page.hasNextPage ? (page.endCursor ?? undefined) : undefined;
      } while (after !== undefined);
      expect(exact.parse({ attempts: ids.size, latency, first }).attempts).toBe(whole.attempts);
      for (const [times, found] of [
        [latency, [whole.latencyP50Ms, whole.latencyP95Ms, whole.latencyP99Ms]],
        [first, [whole.firstTokenP50Ms, whole.firstTokenP95Ms, whole.firstTokenP99Ms]],
      ] as const) {
        const sorted = times.toSorted((a, b) => a - b);
        for (const [index, percent] of [50, 95, 99].entries()) {
          const want = nearest(sorted, percent);
          const got = found[index];
          if (want === undefined) expect(got).toBeNull();
          else expect(Math.abs((got ?? Number.NaN) - want)).toBeLessThanOrEqual(Math.max(want * 0.01, 0.01));
        }
      }
      const sent = totals.attempts - totals.refusedCalls;
      expect(whole.errorRate).toBe(sent > 0 ? totals.failedCalls / sent : null);
      const input = totals.inputTokens + totals.cachedInputTokens + totals.cacheWriteTokens;
      expect(whole.cacheHitRate).toBe(input > 0 ? totals.cachedInputTokens / input : null);
      expect(quality.points.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(totals.attempts);
      expect(quality.points).toHaveLength(quality.buckets.length);
    });
  },
  TIMEOUT_MS,
);

test('the sums are those of each row once, though each was sent twice; sent carelessly they would not be', async () => {
  const url = server.newDatabase();
  await migrate(url);
  const careless = writer(url, { deduplication: 'off' });
  const own = reader(url);
  const { events, ratings } = randomUsage(projectId, 50, SEED);
  const scope = { projectId, from: Date.UTC(2026, 9, 1), to: Date.UTC(2026, 10, 20) };
  const attempts = async () =>
    Promise.all([
      usageTotals(own, scope),
      usageTotals(own, scope, { exceptProviders: ['x'], tags: [{ key: 'none', values: [''] }] }),
    ]);
  await usageEventsTable(careless).insert(events, 'once');
  await ratingsTable(careless).insert(ratings, 'once');
  const once = await attempts();
  expect(once.map((totals) => totals.attempts)).toEqual([50, 50]);
  await usageEventsTable(careless).insert(events, 'once');
  expect((await attempts()).map((totals) => totals.attempts)).toEqual([100, 100]);
  await Promise.all([careless.close(), own.close()]);
});

const LIST = { provider: 'providers', model: 'models', app: 'apps', user: 'users' } as const;
const QUARTER_MS = 900_000;
const QUARTERS = Math.floor((LAST_MS - FIRST_MS) / QUARTER_MS);
const threeCuts = fc
  .uniqueArray(fc.integer({ min: 0, max: QUARTERS }), { minLength: 3, maxLength: 3 })
  .map((cuts) => cuts.sort((a, b) => a - b).map((cut) => FIRST_MS + cut * QUARTER_MS) as [number, number, number]);

test(
  `days of several groups, and the days before each, equal the totals of each alone (seed ${SEED})`,
  async () => {
    let attempts = 0;
    const dimensions = fc.constantFrom(...(Object.keys(LIST) as (keyof typeof LIST)[]));
    await holds(fc.tuple(dimensions, anyFilter, fc.array(threeCuts, { minLength: 1, maxLength: 5 })), async (asked) => {
      const [groupBy, anything, cuts] = asked;
      const filter = { ...anything, [LIST[groupBy]]: undefined };
      const whole = { projectId, from: FIRST_MS, to: LAST_MS };
      const groups = await usageBreakdown(read, whole, { groupBy, filter, first: 5 });
      const days = cuts.flatMap(([since, day, end], index) => {
        const key = groups[index % Math.max(1, groups.length)]?.key;
        return key === undefined ? [] : [{ key, since, day, end }];
      });
      const found = await usageAroundDays(read, projectId, { groupBy, days, filter });
      expect(found).toHaveLength(days.length);
      for (const [index, { key, since, day, end }] of days.entries()) {
        const own = { ...filter, [LIST[groupBy]]: [key] };
        for (const [parts, from, to] of [
          [found[index]?.before ?? [], since, day],
          [found[index]?.is ?? [], day, end],
        ] as const) {
          const totals = await usageTotals(read, { projectId, from, to }, own);
          const spend = parts.reduce((sum, part) => sum + parseUsd(part.totals.spend), 0n);
          expect(formatUsd(spend)).toBe(formatUsd(parseUsd(totals.spend)));
          const sum = (of: (one: UsageTotals) => number) => parts.reduce((all, part) => all + of(part.totals), 0);
          expect(sum((one) => one.attempts)).toBe(totals.attempts);
          expect(sum((one) => one.totalTokens)).toBe(totals.totalTokens);
          attempts += totals.attempts;
        }
      }
    });
    expect(attempts).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);
