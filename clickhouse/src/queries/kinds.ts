import { WeirError } from '@weir/contracts';
import type { UsageFilter } from '../scope.js';

/** Kinds of token, in the order of a rate card. `output` is without `reasoning`, so that kinds add up. */
export const TOKEN_TYPES = ['input', 'cached_input', 'cache_write', 'output', 'reasoning'] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];

/**
 * Kinds of cost. They add up to the spend: `input` is without `tool_use`, `other` is searches, fees and costs that an
 * upstream stated as one sum. `unpriced` has calls and no spend.
 */
export const COST_TYPES = [...TOKEN_TYPES, 'tool_use', 'other', 'unpriced'] as const;
export type CostType = (typeof COST_TYPES)[number];

/** Bits of `token_kinds` (migration 0008). */
export const TOKEN_BIT: Readonly<Record<TokenType, number>> = {
  input: 1,
  cached_input: 2,
  cache_write: 4,
  output: 8,
  reasoning: 16,
};
/** Bits of `cost_kinds`. */
export const COST_BIT: Readonly<Record<Exclude<CostType, 'unpriced'>, number>> = {
  ...TOKEN_BIT,
  tool_use: 32,
  other: 64,
};

/**
 * What a filter by kinds leaves. By both: the kinds that both name. Calls are then attempts that had any of them, counted
 * by their tokens where tokens are named and by what they cost otherwise.
 */
export interface Kept {
  readonly tokens: ReadonlySet<TokenType | 'tool_use'>;
  readonly spend: ReadonlySet<CostType>;
  readonly calls:
    | { readonly by: 'all' }
    | { readonly by: 'tokens'; readonly bits: number }
    | { readonly by: 'cost'; readonly bits: number; readonly unpriced: boolean };
}

const ALL_TOKENS = new Set<TokenType | 'tool_use'>([...TOKEN_TYPES, 'tool_use']);
export const EVERYTHING: Kept = { tokens: ALL_TOKENS, spend: new Set(COST_TYPES), calls: { by: 'all' } };

/** @throws WeirError `FILTER_INVALID` */
export function keptBy(filter: UsageFilter = {}): Kept {
  const tokenTypes = named(filter.tokenTypes, TOKEN_TYPES);
  const costTypes = named(filter.costTypes, COST_TYPES);
  if (!tokenTypes && !costTypes) return EVERYTHING;
  const ofTokens = (kind: CostType) =>
    !tokenTypes || tokenTypes.has((kind === 'tool_use' ? 'input' : kind) as TokenType);
  const spend = new Set(COST_TYPES.filter((kind) => ofTokens(kind) && (!costTypes || costTypes.has(kind))));
  const tokens = new Set([...ALL_TOKENS].filter((kind) => spend.has(kind)));
  if (tokenTypes) {
    const bits = [...tokens].reduce((sum, kind) => sum | TOKEN_BIT[kind === 'tool_use' ? 'input' : kind], 0);
    return { tokens, spend, calls: { by: 'tokens', bits } };
  }
  const unpriced = spend.has('unpriced');
  const bits = [...spend].reduce((sum, kind) => (kind === 'unpriced' ? sum : sum | COST_BIT[kind]), 0);
  return { tokens, spend, calls: { by: 'cost', bits, unpriced } };
}

function named<Kind extends string>(
  given: readonly string[] | undefined,
  known: readonly Kind[],
): ReadonlySet<Kind> | null {
  if (!given?.length) return null;
  const strange = given.find((kind) => !(known as readonly string[]).includes(kind));
  if (strange !== undefined) throw new WeirError('FILTER_INVALID', 'there is no such kind of token or cost');
  return new Set(given as readonly Kind[]);
}
