import { formatUsd, parseUsd } from '@weir/contracts';
import { z } from 'zod';
import type { Reader, Scope, UsageDimension, UsageFilter, UsageTotals } from '../../src/index.js';

/** Figures worked out from `usage_events_v1` and `ratings_v1` alone, the long way: no sums, no plan, values spliced in. */
export interface Question {
  readonly scope: Scope;
  readonly filter: UsageFilter;
  readonly groupBy: UsageDimension | null;
  readonly tagKey?: string | undefined;
  /** `null` = the range is one bucket. */
  readonly bucket: ((time: string) => string) | null;
}

/** Group -> bucket (UTC epoch seconds; 0 = all) -> figures. */
export type Plain = Map<string, Map<number, UsageTotals>>;

const quote = (value: string) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const DIMENSIONS = {
  provider: ['e.provider', 'r.provider'],
  provider_type: ["ifNull(e.provider_type, '')", 'r.provider_type'],
  model: ["coalesce(e.served_model, e.requested_model, '')", 'r.model'],
  app: ['e.app', 'r.app'],
  user: ["ifNull(e.user, '')", 'r.user'],
  agent: ["ifNull(e.agent, '')", 'r.agent'],
  environment: ['e.environment', 'r.environment'],
} as const;
const LISTS = {
  providers: 'provider',
  providerTypes: 'provider_type',
  models: 'model',
  apps: 'app',
  users: 'user',
  agents: 'agent',
  environments: 'environment',
} as const;

function whereOf({ scope, filter }: Question, side: 0 | 1): string {
  const row = side === 0 ? 'e' : 'r';
  const parts = [
    `${row}.project_id = '${scope.projectId}'`,
    `toUnixTimestamp64Milli(${row}.started_at) >= ${scope.from}`,
    `toUnixTimestamp64Milli(${row}.started_at) < ${scope.to}`,
  ];
  for (const [list, dimension] of Object.entries(LISTS)) {
    const values = filter[list as keyof typeof LISTS];
    if (values) parts.push(`${DIMENSIONS[dimension][side]} IN (${values.map(quote).join(', ')})`);
  }
  if (filter.exceptProviders) parts.push(`${row}.provider NOT IN (${filter.exceptProviders.map(quote).join(', ')})`);
  for (const { key, values } of filter.tags ?? []) {
    parts.push(`${row}.tags[${quote(key)}] IN (${values.map(quote).join(', ')})`);
  }
  return parts.join(' AND ');
}

const WRITES =
  '(ifNull(e.cache_write_5m_tokens, 0) + ifNull(e.cache_write_1h_tokens, 0) + ifNull(e.cache_write_unknown_tokens, 0))';
/** Kind -> tokens of one event. */
const TOKENS = {
  input: '(toInt64(ifNull(e.input_tokens, 0)) - toInt64(ifNull(e.tool_use_input_tokens, 0)))',
  tool_use: 'toInt64(ifNull(e.tool_use_input_tokens, 0))',
  cached_input: 'toInt64(ifNull(e.cached_input_tokens, 0))',
  cache_write: `toInt64(${WRITES})`,
  output: '(toInt64(ifNull(e.output_tokens, 0)) - toInt64(ifNull(e.reasoning_tokens, 0)))',
  reasoning: 'toInt64(ifNull(e.reasoning_tokens, 0))',
} as const;
/** Kind -> USD of one rating. */
const USD = {
  input: '(r.amount_input - r.amount_tool_use)',
  tool_use: 'r.amount_tool_use',
  cached_input: 'r.amount_cached_input',
  cache_write: 'r.amount_cache_write',
  output: 'r.amount_output',
  reasoning: 'r.amount_reasoning',
  other: 'r.amount_other',
} as const;
type TokenKind = keyof typeof TOKENS;
type CostKind = keyof typeof USD | 'unpriced';
const COSTS = [...Object.keys(USD), 'unpriced'] as CostKind[];
const asToken = (kind: string) => (kind === 'tool_use' ? 'input' : kind);

/** What is counted as having a kind of token: input includes what tools brought in. */
const hasToken = (kind: string) =>
  kind === 'input' ? 'ifNull(e.input_tokens, 0) > 0' : `${TOKENS[kind as TokenKind]} > 0`;

interface Counting {
  readonly tokens: ReadonlySet<string>;
  readonly costs: ReadonlySet<CostKind>;
  readonly by: 'all' | 'tokens' | 'cost';
}

function countingOf({ tokenTypes, costTypes }: UsageFilter): Counting {
  const costs = COSTS.filter(
    (kind) => (!tokenTypes || tokenTypes.includes(asToken(kind))) && (!costTypes || costTypes.includes(kind)),
  );
  return {
    costs: new Set(costs),
    tokens: new Set(costs.filter((kind) => kind !== 'other' && kind !== 'unpriced')),
    by: tokenTypes ? 'tokens' : costTypes ? 'cost' : 'all',
  };
}

const figure = z.number();
const eventRow = z.object({
  ...{ key: z.string(), bucket: z.number(), calls: figure, attempts: figure, opaque: figure, retried: figure },
  ...{ failed: figure, refused: figure, estimated: figure, all: figure },
  ...{ input: figure, tool_use: figure, cached_input: figure, cache_write: figure, output: figure, reasoning: figure },
});
const usd = z.string();
const ratingRow = z.object({
  ...{ key: z.string(), bucket: z.number(), charged: figure, priced: figure, free: figure, unknown: figure },
  ...{ input: usd, tool_use: usd, cached_input: usd, cache_write: usd, output: usd, reasoning: usd, other: usd },
});
type EventRow = z.output<typeof eventRow>;
type RatingRow = z.output<typeof ratingRow>;

/** Dimensions that are columns, or `null` for all in one. */
export async function plainFigures(reader: Reader, question: Question): Promise<Plain> {
  const { groupBy, bucket, filter } = question;
  if (groupBy === 'token_type' || groupBy === 'cost_type') return plainKinds(reader, question);
  const counting = countingOf(filter);
  const { events, ratings } = await rowsOf(reader, question, counting);
  const plain: Plain = new Map();
  for (const id of new Set([...events.keys(), ...ratings.keys()])) {
    const { key, bucket: at } = (events.get(id) ?? ratings.get(id)) as EventRow | RatingRow;
    const own = plain.get(key) ?? new Map<number, UsageTotals>();
    plain.set(key, own.set(bucket ? at : 0, totalsOf(events.get(id), ratings.get(id), counting)));
  }
  return plain;
}

async function plainKinds(reader: Reader, question: Question): Promise<Plain> {
  const { filter, groupBy } = question;
  const plain: Plain = new Map();
  const both = countingOf(filter);
  const kinds = groupBy === 'token_type' ? ['input', 'cached_input', 'cache_write', 'output', 'reasoning'] : COSTS;
  for (const kind of kinds) {
    const costs = COSTS.filter(
      (one) => (groupBy === 'token_type' ? asToken(one) : one) === kind && both.costs.has(one),
    );
    if (costs.length === 0) continue;
    const narrowed =
      groupBy === 'token_type'
        ? { ...filter, tokenTypes: [kind], costTypes: costs }
        : { ...filter, tokenTypes: undefined, costTypes: costs };
    const one = await plainFigures(reader, { ...question, filter: narrowed, groupBy: null });
    const buckets = one.get('') ?? new Map<number, UsageTotals>();
    // How a kind's calls ended is not told, and each call counts once.
    for (const [at, totals] of buckets) {
      const calls = totals.attempts;
      const none = {
        opaqueCalls: 0,
        retriedCalls: 0,
        failedCalls: 0,
        refusedCalls: 0,
        estimatedCalls: 0,
        callsWithoutUsage: 0,
      };
      buckets.set(at, { ...totals, ...none, calls });
    }
    plain.set(kind, buckets);
  }
  return plain;
}

async function rowsOf(reader: Reader, question: Question, { costs, tokens, by }: Counting) {
  const { groupBy, tagKey = '', bucket } = question;
  const keyOf = (side: 0 | 1) => {
    if (groupBy === null) return "''";
    if (groupBy === 'tag') return `${side === 0 ? 'e' : 'r'}.tags[${quote(tagKey)}]`;
    return `toString(${DIMENSIONS[groupBy as keyof typeof DIMENSIONS][side]})`;
  };
  const at = (row: string) => (bucket ? `toInt64(toUnixTimestamp(${bucket(`${row}.started_at`)}))` : '0');
  const having = by === 'tokens' ? [...new Set([...tokens].map(asToken))].map(hasToken).join(' OR ') || '0' : '1';
  const one = (condition: string) => `countIf((${having}) AND ${condition})`;
  const kept = [...costs]
    .filter((kind): kind is keyof typeof USD => kind !== 'unpriced')
    .map((kind) => `${USD[kind]} != 0`);
  const [events, ratings] = await Promise.all([
    reader.query({
      name: 'plain-events',
      sql: `SELECT ${keyOf(0)} AS key, ${at('e')} AS bucket, ${one('e.attempt = 1')} AS calls, ${one('1')} AS attempts,
          ${one("e.endpoint = 'opaque'")} AS opaque, ${one('ifNull(e.client_retry, 0) > 0')} AS retried,
          ${one("e.outcome IN ('upstream_error', 'upstream_timeout')")} AS failed, ${one("e.outcome = 'refused'")} AS refused,
          ${one("e.usage_source IN ('partial', 'estimated')")} AS estimated, count() AS all,
          ${Object.entries(TOKENS)
            .map(([kind, sql]) => `sum(${sql}) AS ${kind}`)
            .join(', ')}
        FROM usage_events_v1 AS e WHERE ${whereOf(question, 0)} GROUP BY key, bucket`,
      row: eventRow,
    }),
    reader.query({
      name: 'plain-ratings',
      sql: `SELECT ${keyOf(1)} AS key, ${at('r')} AS bucket,
          sumIf(r.sign, isNotNull(r.total) AND (${kept.join(' OR ') || '0'})) AS charged,
          sumIf(r.sign, isNotNull(r.total)) AS priced, sumIf(r.sign, r.status = 'free') AS free,
          sumIf(r.sign, r.reason = 'usage_unknown') AS unknown,
          ${Object.entries(USD)
            .map(([kind, sql]) => `toString(sum(${sql})) AS ${kind}`)
            .join(', ')}
        FROM ratings_v1 AS r WHERE ${whereOf(question, 1)} GROUP BY key, bucket`,
      row: ratingRow,
    }),
  ]);
  const byId = <Row extends { key: string; bucket: number }>(rows: Row[]) =>
    new Map(rows.map((row) => [`${row.key}\n${row.bucket}`, row]));
  return { events: byId(events), ratings: byId(ratings) };
}

function totalsOf(
  event: EventRow | undefined,
  rating: RatingRow | undefined,
  { tokens, costs, by }: Counting,
): UsageTotals {
  const read = (kind: TokenKind) => (tokens.has(kind) ? (event?.[kind] ?? 0) : 0);
  const paid = (kind: keyof typeof USD) => (costs.has(kind) ? (rating?.[kind] ?? '0') : '0');
  const unpriced = (event?.all ?? 0) - (rating?.priced ?? 0);
  const wanted = costs.has('unpriced') ? unpriced : 0;
  const charged = (rating?.charged ?? 0) + wanted;
  const ended = by === 'cost' ? undefined : event;
  const inputTokens = read('input') + read('tool_use');
  const outputTokens = read('output') + read('reasoning');
  const total = inputTokens + read('cached_input') + read('cache_write') + outputTokens;
  const spend = (Object.keys(USD) as (keyof typeof USD)[]).reduce((sum, kind) => sum + parseUsd(paid(kind)), 0n);
  return {
    calls: by === 'cost' ? charged : (event?.calls ?? 0),
    attempts: by === 'cost' ? charged : (event?.attempts ?? 0),
    opaqueCalls: ended?.opaque ?? 0,
    retriedCalls: ended?.retried ?? 0,
    failedCalls: ended?.failed ?? 0,
    refusedCalls: ended?.refused ?? 0,
    unpricedCalls: by === 'tokens' ? 0 : wanted,
    freeCalls: by === 'all' ? (rating?.free ?? 0) : 0,
    callsWithoutUsage: by === 'tokens' || !costs.has('unpriced') ? 0 : (rating?.unknown ?? 0),
    estimatedCalls: ended?.estimated ?? 0,
    inputTokens,
    cachedInputTokens: read('cached_input'),
    cacheWriteTokens: read('cache_write'),
    outputTokens,
    reasoningTokens: read('reasoning'),
    toolUseInputTokens: read('tool_use'),
    totalTokens: total,
    spend: formatUsd(spend),
    spendInput: paid('input'),
    spendCachedInput: paid('cached_input'),
    spendCacheWrite: paid('cache_write'),
    spendOutput: paid('output'),
    spendReasoning: paid('reasoning'),
    spendToolUse: paid('tool_use'),
    spendOther: paid('other'),
  };
}
