import { formatUsd, newId } from '@weir/contracts';
import fc from 'fast-check';
import type { RatingRow, UsageEventRow, UsageFilter } from '../../src/index.js';
import { eventRow, ratingRow } from './rows.js';

const HOUR_MS = 3_600_000;
/** Over the ends of summer time in Europe and America, and a turn of the month. */
export const FIRST_MS = Date.UTC(2026, 9, 20, 7);
export const LAST_MS = Date.UTC(2026, 10, 7, 3);

const PROVIDERS = ['main', 'second', 'eu-west', ''] as const;
const TYPES: Readonly<Record<string, string | null>> = {
  main: 'openai',
  second: 'openai',
  'eu-west': 'bedrock',
  '': null,
};
const MODELS = ['gpt-5', 'claude', "it's", null] as const;
const APPS = ['shop', 'search'] as const;
const USERS = ['ann', 'bob', 'ünï', null] as const;
const AGENTS = ['coder', null] as const;
const ENVIRONMENTS = ['production', 'staging'] as const;
const TAGS: readonly Record<string, string>[] = [
  {},
  { team: 'a' },
  { stage: 'x', team: 'b' },
  { team: "b'\\", 'odd key': '' },
];
const OUTCOMES = ['completed', 'client_closed', 'upstream_error', 'upstream_timeout', 'refused'] as const;

const count = (max: number) => fc.option(fc.nat({ max }), { nil: null, freq: 3 });
const time = fc.oneof(
  fc.integer({ min: FIRST_MS, max: LAST_MS }),
  // On the very edges of hours and half hours.
  fc
    .tuple(
      fc.integer({ min: Math.floor(FIRST_MS / 1_800_000), max: Math.floor(LAST_MS / 1_800_000) }),
      fc.constantFrom(-1, 0, 1),
    )
    .map(([half, off]) => half * 1_800_000 + off),
);

const event = fc.record({
  at: time,
  provider: fc.constantFrom(...PROVIDERS),
  requested_model: fc.constantFrom(...MODELS),
  served_model: fc.constantFrom(...MODELS),
  app: fc.constantFrom(...APPS),
  user: fc.constantFrom(...USERS),
  agent: fc.constantFrom(...AGENTS),
  environment: fc.constantFrom(...ENVIRONMENTS),
  tags: fc.constantFrom(...TAGS),
  outcome: fc.constantFrom(...OUTCOMES),
  attempt: fc.constantFrom(1, 1, 1, 2),
  client_retry: fc.constantFrom(null, 0, 2),
  endpoint: fc.constantFrom('chat.completions', 'opaque'),
  usage_source: fc.constantFrom('reported', 'partial', 'estimated', 'none'),
  input_tokens: count(5_000),
  cached_input_tokens: count(5_000),
  cache_write_5m_tokens: count(900),
  cache_write_1h_tokens: count(900),
  output: count(3_000),
  duration_ms: fc.option(fc.double({ min: 0, max: 90_000, noNaN: true }), { nil: null }),
  first_token_ms: fc.option(fc.double({ min: 0, max: 4_000, noNaN: true }), { nil: null }),
});

const pico = fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 10n ** 15n }));
const money = fc.record({
  kind: fc.constantFrom(
    'priced',
    'priced',
    'priced',
    'unpriced',
    'unknown',
    'free',
    'unrated',
    'restated',
    'taken back',
  ),
  parts: fc.array(pico, { minLength: 7, maxLength: 7 }),
  again: fc.array(pico, { minLength: 7, maxLength: 7 }),
});

export interface RandomUsage {
  readonly events: UsageEventRow[];
  readonly ratings: RatingRow[];
}

/** Calls of every kind, with nulls, further attempts, reversals, restatements, unpriced and unrated ones. */
export function randomUsage(projectId: string, calls: number, seed: number): RandomUsage {
  const drawn = fc.sample(fc.tuple(event, money), { numRuns: calls, seed });
  const events: UsageEventRow[] = [];
  const ratings: RatingRow[] = [];
  for (const [{ at, output, ...fields }, { kind, parts, again }] of drawn) {
    const row = eventRow(projectId, at, {
      ...fields,
      provider_type: TYPES[fields.provider] ?? null,
      output_tokens: output,
      reasoning_tokens: output === null ? null : Math.floor(output / 3),
      tool_use_input_tokens: fields.input_tokens === null ? null : Math.floor(fields.input_tokens / 2),
      tags: { ...fields.tags },
    });
    events.push(row);
    ratings.push(...ratingsOf(row, kind, parts, again));
  }
  return { events, ratings };
}

function ratingsOf(row: UsageEventRow, kind: string, parts: readonly bigint[], again: readonly bigint[]): RatingRow[] {
  if (kind === 'unrated') return [];
  if (kind === 'unpriced') return [ratingRow(row, null)];
  if (kind === 'unknown') return [ratingRow(row, null, { reason: 'usage_unknown' })];
  if (kind === 'free') return [rated(row, 'initial', [0n, 0n, 0n, 0n, 0n, 0n, 0n], { status: 'free' })];
  const first = rated(row, 'initial', parts);
  if (kind === 'priced') return [first];
  return kind === 'taken back' ? [first, negated(first)] : [first, negated(first), rated(row, newId(), again)];
}

function rated(row: UsageEventRow, run_id: string, parts: readonly bigint[], over: Partial<RatingRow> = {}): RatingRow {
  const [input = 0n, cached = 0n, write = 0n, output = 0n, reasoning = 0n, other = 0n, tool = 0n] = parts;
  const toolUse = input === 0n ? 0n : tool % (input + 1n);
  return ratingRow(row, formatUsd(input + cached + write + output + reasoning + other), {
    run_id,
    amount_input: formatUsd(input),
    amount_cached_input: formatUsd(cached),
    amount_cache_write: formatUsd(write),
    amount_output: formatUsd(output),
    amount_reasoning: formatUsd(reasoning),
    amount_other: formatUsd(other),
    amount_tool_use: formatUsd(toolUse),
    ...over,
  });
}

const negate = (usd: string) => (/[1-9]/.test(usd) ? `-${usd}` : usd);

function negated(row: RatingRow): RatingRow {
  const amounts = Object.entries(row).filter(([column]) => column.startsWith('amount_'));
  return {
    ...row,
    ...(Object.fromEntries(amounts.map(([column, usd]) => [column, negate(usd as string)])) as Partial<RatingRow>),
    sign: -1,
    total: row.total === null ? null : negate(row.total),
  };
}

const some = (values: readonly (string | null)[]) =>
  fc.option(fc.subarray(['nobody', ...values.map((value) => value ?? '')], { minLength: 1 }), {
    nil: undefined,
    freq: 1,
  });
const seldom = (values: readonly (string | null)[]) =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight: 3 }, { arbitrary: some(values), weight: 1 });

const KINDS = ['input', 'cached_input', 'cache_write', 'output', 'reasoning'] as const;

export const anyFilter: fc.Arbitrary<UsageFilter> = fc.record({
  providers: seldom(PROVIDERS),
  exceptProviders: seldom(PROVIDERS.slice(0, 2)),
  providerTypes: seldom(['openai', 'bedrock', null]),
  models: seldom(MODELS),
  apps: seldom(APPS),
  users: seldom(USERS),
  agents: seldom(AGENTS),
  environments: seldom(ENVIRONMENTS),
  tags: fc.oneof(
    { arbitrary: fc.constant(undefined), weight: 3 },
    {
      arbitrary: fc
        .uniqueArray(fc.constantFrom('team', 'stage', 'odd key', 'none'), { minLength: 1, maxLength: 2 })
        .chain((keys) =>
          fc.tuple(
            ...keys.map((key) =>
              fc.subarray(['', 'a', 'b', "b'\\", 'x'], { minLength: 1 }).map((values) => ({ key, values })),
            ),
          ),
        ),
      weight: 1,
    },
  ),
  tokenTypes: fc.oneof(
    { arbitrary: fc.constant(undefined), weight: 4 },
    { arbitrary: fc.subarray([...KINDS], { minLength: 1 }), weight: 1 },
  ),
  costTypes: fc.oneof(
    { arbitrary: fc.constant(undefined), weight: 4 },
    { arbitrary: fc.subarray([...KINDS, 'tool_use', 'other', 'unpriced'], { minLength: 1 }), weight: 1 },
  ),
});

/** `[from, to)`, often on the edge of something. */
export const anyRange = fc
  .tuple(time, time, fc.constantFrom(1, HOUR_MS / 2, HOUR_MS, 24 * HOUR_MS))
  .map(([a, b, unit]) => {
    const [from, to] = [Math.floor(Math.min(a, b) / unit) * unit, Math.ceil(Math.max(a, b) / unit) * unit];
    return { from, to: to > from ? to : from + 1 };
  });
