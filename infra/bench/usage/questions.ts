/** A question of the page, as the console asks it. */
export interface Question {
  readonly chart: string;
  readonly range: string;
  /** Grouping and filter, in words. */
  readonly variant: string;
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const TOTALS = `calls attempts opaqueCalls retriedCalls failedCalls refusedCalls unpricedCalls freeCalls callsWithoutUsage
  estimatedCalls spend inputTokens cachedInputTokens cacheWriteTokens outputTokens reasoningTokens toolUseInputTokens
  totalTokens spendInput spendCachedInput spendCacheWrite spendOutput spendReasoning spendToolUse spendOther`;
const POINT = `attempts failed errorRate latencyP50Ms latencyP95Ms latencyP99Ms firstTokenP50Ms firstTokenP95Ms
  firstTokenP99Ms cacheHitRate costPerCall costPerThousandOutputTokens`;

const OVER_TIME = `query($range: TimeRange!, $interval: Interval!, $groupBy: UsageDimension!, $tagKey: String, $filter: UsageFilter, $timeZone: String) {
  usageOverTime(range: $range, interval: $interval, groupBy: $groupBy, tagKey: $tagKey, filter: $filter, timeZone: $timeZone, top: 12) {
    buckets otherGroups groups { key label providerType other deleted spend calls tokens unpricedCalls } totals { ${TOTALS} } } }`;
const BREAKDOWN = `query($range: TimeRange!, $groupBy: UsageDimension!, $tagKey: String, $filter: UsageFilter) {
  usageBreakdown(range: $range, groupBy: $groupBy, tagKey: $tagKey, filter: $filter, first: 100) {
    key label providerType deleted totals { ${TOTALS} } } }`;
const TOTALS_ALONE = `query($range: TimeRange!, $filter: UsageFilter) { usageTotals(range: $range, filter: $filter) { ${TOTALS} } }`;
const QUALITY = `query($range: TimeRange!, $interval: Interval!, $filter: UsageFilter, $timeZone: String) {
  usageQuality(range: $range, interval: $interval, filter: $filter, timeZone: $timeZone) {
    buckets accuracy points { ${POINT} } whole { ${POINT} } } }`;
const FACETS = `query($range: TimeRange!, $dimension: UsageDimension!, $tagKey: String, $filter: UsageFilter) {
  usageFacets(range: $range, dimension: $dimension, tagKey: $tagKey, filter: $filter, first: 100) { more values { key label deleted calls spend } } }`;
const TAG_KEYS = `query($range: TimeRange!, $filter: UsageFilter) { usageTagKeys(range: $range, filter: $filter) }`;
const CHANGE = `query($range: TimeRange!, $previous: TimeRange!, $groupBy: UsageDimension!, $tagKey: String, $filter: UsageFilter) {
  usageChange(range: $range, previous: $previous, groupBy: $groupBy, tagKey: $tagKey, filter: $filter, first: 20) {
    difference otherDrivers method before { ${TOTALS} } after { ${TOTALS} } effects { kind amount explanation }
    drivers { key label before after difference callsBefore callsAfter isNew isGone } } }`;
const FORECAST = `query($filter: UsageFilter, $timeZone: String) { usageForecast(filter: $filter, timeZone: $timeZone) {
  monthStart monthEnd soFar expected low high method days { day low expected high } } }`;
const ANOMALIES = `query($range: TimeRange!, $filter: UsageFilter, $timeZone: String) {
  usageAnomalies(range: $range, filter: $filter, timeZone: $timeZone) { method found { day dimension key label actual expected excess cause } } }`;
const CALLS = `query($filter: CallFilter) { calls(first: 50, filter: $filter) { endCursor hasNextPage nodes { eventId } } }`;

interface Range {
  readonly name: string;
  readonly days: number;
  readonly interval: 'hour' | 'day' | 'month';
}
const RANGES: readonly Range[] = [
  { name: '24 h', days: 1, interval: 'hour' },
  { name: '7 d', days: 7, interval: 'hour' },
  { name: '30 d', days: 30, interval: 'day' },
  { name: '90 d', days: 90, interval: 'day' },
  { name: '400 d', days: 400, interval: 'month' },
];

type Grouping = { readonly groupBy: string; readonly tagKey?: string };
const GROUPINGS: readonly Grouping[] = [
  { groupBy: 'provider' },
  { groupBy: 'model' },
  { groupBy: 'token_type' },
  { groupBy: 'cost_type' },
  { groupBy: 'app' },
  { groupBy: 'user' },
  { groupBy: 'agent' },
  { groupBy: 'tag', tagKey: 'team' },
  { groupBy: 'environment' },
];

const FILTERS: readonly { readonly name: string; readonly filter: Record<string, unknown> }[] = [
  { name: 'one provider', filter: { providers: ['anthropic-main'] } },
  {
    name: 'model and app',
    filter: { models: ['gpt-5-mini', 'gpt-4o-mini'], apps: ['support-assistant', 'search-assistant'] },
  },
  { name: 'one user', filter: { users: ['user-0004'] } },
  { name: 'one team', filter: { tags: [{ key: 'team', values: ['support'] }] } },
  { name: 'reasoning cost', filter: { costTypes: ['reasoning'] } },
  { name: 'not deleted', filter: { withDeleted: false } },
];

/** Everything the page asks: charts x ranges x groupings, and each chart under each filter for a month and for all. */
export function questionsAt(nowMs: number): Question[] {
  return RANGES.flatMap((range) => [
    ...GROUPINGS.flatMap((grouping) => ofGrouping(nowMs, range, grouping, 'no filter', {})),
    ...ofRange(nowMs, range, 'no filter', {}),
    ...FILTERS.filter(() => range.days === 30 || range.days === 400).flatMap(({ name, filter }) => [
      ...ofGrouping(nowMs, range, { groupBy: 'user' }, name, filter),
      ...ofRange(nowMs, range, name, filter),
    ]),
  ]);
}

function ofGrouping(nowMs: number, range: Range, grouping: Grouping, filterName: string, filter: object): Question[] {
  const at = span(nowMs, range.days);
  const by = `by ${grouping.tagKey ? `tag ${grouping.tagKey}` : grouping.groupBy}, ${filterName}`;
  const ask = (chart: string, query: string, own: Record<string, unknown>): Question => ({
    ...{ chart, range: range.name, variant: by, query },
    variables: { range: at, ...grouping, filter, ...own },
  });
  const isOrdinary = grouping.groupBy !== 'token_type' && grouping.groupBy !== 'cost_type';
  const { groupBy: dimension, ...tagKey } = grouping;
  return [
    ask('over time', OVER_TIME, { interval: range.interval, timeZone: 'UTC' }),
    ask('table', BREAKDOWN, {}),
    ...(isOrdinary
      ? [{ ...ask('filter values', FACETS, {}), variables: { range: at, dimension, ...tagKey, filter } }]
      : []),
    ...(isOrdinary && range.days <= 90
      ? [ask('change', CHANGE, { previous: span(nowMs - range.days * DAY_MS, range.days) })]
      : []),
  ];
}

function ofRange(nowMs: number, range: Range, variant: string, filter: object): Question[] {
  const at = span(nowMs, range.days);
  const ask = (chart: string, query: string, variables: Record<string, unknown>): Question => ({
    ...{ chart, range: range.name, variant, query, variables },
  });
  const inZone = (name: string, timeZone: string, groupBy: string) =>
    ask(`over time by ${groupBy}, ${name}`, OVER_TIME, {
      range: at,
      interval: range.interval,
      groupBy,
      filter,
      timeZone,
    });
  return [
    ask('totals', TOTALS_ALONE, { range: at, filter }),
    ask('quality', QUALITY, { range: at, interval: range.interval, filter }),
    ask('tag keys', TAG_KEYS, { range: at, filter }),
    inZone('half-hour zone', 'Asia/Kolkata', 'provider'),
    inZone('whole-hour zone', 'Europe/Berlin', 'user'),
    ask('calls behind a bar', CALLS, { filter: { ...filter, from: at.from, to: at.to } }),
    ...(range.days === 30 ? [ask('forecast', FORECAST, { filter })] : []),
    ...(range.days >= 30 && range.days <= 90 ? [ask('anomalies', ANOMALIES, { range: at, filter })] : []),
  ];
}

/** As the console asks: up to the end of the hour under way, which is in the sums. */
function span(atMs: number, days: number): { from: string; to: string } {
  const endMs = Math.ceil(atMs / HOUR_MS) * HOUR_MS;
  return { from: new Date(endMs - days * DAY_MS).toISOString(), to: new Date(endMs).toISOString() };
}
