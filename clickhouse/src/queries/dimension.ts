import { WeirError } from '@weir/contracts';
import type { Condition, Detail, Params } from '../scope.js';
import { attemptsWith, ratingsWith, UNPRICED } from './figures.js';
import { COST_BIT, COST_TYPES, type CostType, type Kept, TOKEN_BIT, TOKEN_TYPES, type TokenType } from './kinds.js';

/** What usage can be split by -> the expression for its key. A closed map: nothing a caller sends is spliced in. */
const KEYS = {
  provider: 'toString(u.provider)',
  provider_type: 'toString(u.provider_type)',
  model: 'toString(u.model)',
  app: 'toString(u.app)',
  user: 'u.user',
  agent: 'toString(u.agent)',
  environment: 'toString(u.environment)',
  tag: '',
  token_type: 'u.kind',
  cost_type: 'u.kind',
} as const;
export type UsageDimension = keyof typeof KEYS;
export const USAGE_DIMENSIONS = Object.keys(KEYS) as readonly UsageDimension[];

export interface Grouping {
  readonly groupBy: UsageDimension;
  /** Which tag to split by; with `tag` only. */
  readonly tagKey?: string | undefined;
}

/** The detail that splitting by a dimension needs. */
export function detailOf(groupBy: UsageDimension): Detail[] {
  if (groupBy === 'user') return ['user'];
  return groupBy === 'agent' || groupBy === 'tag' ? ['labels'] : [];
}

export const isByKind = ({ groupBy }: Grouping) => groupBy === 'token_type' || groupBy === 'cost_type';

/** The key of a group; `name` keeps several tags of one question apart. @throws WeirError `TAG_KEY_MISSING` */
export function keyOf({ groupBy, tagKey }: Grouping, name = 'tagKey'): Condition {
  if (groupBy !== 'tag') return { sql: KEYS[groupBy], params: {} };
  if (tagKey === undefined) throw new WeirError('TAG_KEY_MISSING', 'say by which tag to split');
  return { sql: `u.tags[{${name}:String}]`, params: { [name]: tagKey } };
}

/** Set when all rows of a group have one provider type. */
export const PROVIDER_TYPE = `if(length(groupUniqArray(2)(u.provider_type)) = 1, any(u.provider_type), '')`;

/** The rows of `usageRows` once per kind and bucket, with that kind's calls, tokens and spend and zero in all else. */
export function rowsByKind(groupBy: UsageDimension, kept: Kept, rows: Condition, bucketSql: string): Condition {
  const kinds: readonly string[] = groupBy === 'token_type' ? tokenRows(kept) : costRows(kept);
  const only = (names: string, value: string, zero: string) => `if(k.1 IN (${names}), ${value}, ${zero})`;
  const tokens = (names: string) => only(names, 'k.3', 'toInt64(0)');
  const usd = (names: string) => only(names, 'k.4', 'toDecimal128(0, 12)');
  const params: Params = rows.params;
  const sql = `(SELECT k.1 AS kind, g.at AS at, g.provider_type AS provider_type, k.2 AS calls, k.2 AS attempts,
    toUInt64(0) AS opaque_calls, toUInt64(0) AS retried_calls, toUInt64(0) AS failed_calls, toUInt64(0) AS refused_calls,
    toUInt64(0) AS estimated_calls, ${only("'unpriced'", 'toInt64(0)', 'k.2')} AS priced_calls, toInt64(0) AS free_calls,
    toInt64(0) AS calls_without_usage, ${tokens("'input', 'tool_use'")} AS input_tokens,
    ${only("'tool_use'", 'k.3', groupBy === 'token_type' && kept.tokens.has('tool_use') ? "if(k.1 = 'input', g.tool_use_tokens, toInt64(0))" : 'toInt64(0)')} AS tool_use_input_tokens,
    ${tokens("'cached_input'")} AS cached_input_tokens, ${tokens("'cache_write'")} AS cache_write_tokens,
    ${tokens("'output', 'reasoning'")} AS output_tokens, ${tokens("'reasoning'")} AS reasoning_tokens,
    k.4 AS spend, ${usd("'input', 'tool_use'")} AS spend_input, ${usd("'cached_input'")} AS spend_cached_input,
    ${usd("'cache_write'")} AS spend_cache_write, ${usd("'output'")} AS spend_output,
    ${usd("'reasoning'")} AS spend_reasoning, ${usd("'other'")} AS spend_other,
    ${only("'tool_use'", 'k.4', groupBy === 'token_type' && kept.spend.has('tool_use') ? "if(k.1 = 'input', g.tool_use_spend, toDecimal128(0, 12))" : 'toDecimal128(0, 12)')} AS spend_tool_use
    FROM (SELECT ${bucketSql} AS at, u.provider_type AS provider_type, toInt64(sum(u.tool_use_input_tokens)) AS tool_use_tokens,
        sum(u.spend_tool_use) AS tool_use_spend, [${kinds.join(', ')}] AS kinds
      FROM ${rows.sql} AS u GROUP BY at, provider_type) AS g ARRAY JOIN g.kinds AS k)`;
  return { sql, params };
}

const TOKENS: Readonly<Record<TokenType, string>> = {
  input: 'sum(u.input_tokens)',
  cached_input: 'sum(u.cached_input_tokens)',
  cache_write: 'sum(u.cache_write_tokens)',
  output: 'toInt64(sum(u.output_tokens)) - toInt64(sum(u.reasoning_tokens))',
  reasoning: 'sum(u.reasoning_tokens)',
};

const row = (kind: CostType, calls: string, tokens: string, usd: string) =>
  `('${kind}', toInt64(${calls}), toInt64(${tokens}), ${usd})`;
const NO_USD = 'toDecimal128(0, 12)';

function tokenRows({ tokens, spend }: Kept): string[] {
  return TOKEN_TYPES.filter((kind) => tokens.has(kind) || (kind === 'input' && tokens.has('tool_use'))).map((kind) => {
    if (kind !== 'input') return row(kind, attemptsWith(TOKEN_BIT[kind], 0), TOKENS[kind], `sum(u.spend_${kind})`);
    const [plain, tool] = [spend.has('input'), spend.has('tool_use')];
    const read = plain ? (tool ? TOKENS.input : PLAIN_INPUT) : 'sum(u.tool_use_input_tokens)';
    const usd = plain
      ? tool
        ? 'sum(u.spend_input)'
        : 'sum(u.spend_input) - sum(u.spend_tool_use)'
      : 'sum(u.spend_tool_use)';
    return row('input', attemptsWith(TOKEN_BIT.input, 0), read, usd);
  });
}

const PLAIN_INPUT = 'toInt64(sum(u.input_tokens)) - toInt64(sum(u.tool_use_input_tokens))';

function costRows({ spend }: Kept): string[] {
  return COST_TYPES.filter((kind) => spend.has(kind)).map((kind) => {
    if (kind === 'unpriced') return row(kind, UNPRICED, '0', NO_USD);
    const calls = ratingsWith(COST_BIT[kind]);
    if (kind === 'other') return row(kind, calls, '0', 'sum(u.spend_other)');
    if (kind === 'tool_use') return row(kind, calls, 'sum(u.tool_use_input_tokens)', 'sum(u.spend_tool_use)');
    if (kind === 'input') return row(kind, calls, PLAIN_INPUT, 'sum(u.spend_input) - sum(u.spend_tool_use)');
    return row(kind, calls, TOKENS[kind], `sum(u.spend_${kind})`);
  });
}
