import { z } from 'zod';
import type { Reader } from '../client.js';
import type { Scope, UsageFilter } from '../scope.js';
import { askWithin } from './cost-guard.js';
import type { UsageDimension } from './dimension.js';
import { groupRows } from './group-rows.js';

export interface FacetsOptions {
  readonly dimension: UsageDimension;
  readonly tagKey?: string | undefined;
  readonly filter?: UsageFilter | undefined;
  /** A part of the key, in any case. */
  readonly search?: string | undefined;
  /** Keys that a search finds by what they are called elsewhere. */
  readonly alsoKeys?: readonly string[] | undefined;
  readonly first: number;
}

export interface UsageFacet {
  readonly key: string;
  readonly calls: number;
  /** USD, exact decimal text. */
  readonly spend: string;
}

export interface UsageFacets {
  readonly values: readonly UsageFacet[];
  /** There are more than were asked for. */
  readonly more: boolean;
}

const MAX_VALUES = 500;

/** What a filter by one dimension can choose among: narrowed by all else, biggest spend first. */
export async function usageFacets(reader: Reader, scope: Scope, options: FacetsOptions): Promise<UsageFacets> {
  const { dimension, tagKey, search = '', alsoKeys = [] } = options;
  const first = Math.min(Math.max(Math.trunc(options.first), 1), MAX_VALUES);
  const groups = groupRows(scope, { groupBy: dimension, tagKey, filter: withoutOwn(options) });
  const { spend, calls, attempts } = groups.figures;
  const found =
    search === ''
      ? ''
      : ' AND (positionCaseInsensitiveUTF8(grp, {search:String}) > 0 OR grp IN {alsoKeys:Array(String)})';
  const values = await askWithin(reader, groups.rows, {
    name: 'usage-facets',
    sql: `
      SELECT ${groups.key} AS grp, ${calls} AS calls, toString(${spend}) AS spend
      FROM ${groups.sql} AS u
      GROUP BY grp
      HAVING (${groups.having})${found}
      ORDER BY ${spend} DESC, ${attempts} DESC, grp
      LIMIT {first:UInt32}`,
    params: { ...groups.params, ...(found && { search, alsoKeys }), first: first + 1 },
    row: z.object({ grp: z.string(), calls: z.number(), spend: z.string() }),
  });
  return {
    values: values.slice(0, first).map(({ grp, ...value }) => ({ key: grp, ...value })),
    more: values.length > first,
  };
}

const OWN: Readonly<Record<Exclude<UsageDimension, 'tag'>, keyof UsageFilter>> = {
  provider: 'providers',
  provider_type: 'providerTypes',
  model: 'models',
  app: 'apps',
  user: 'users',
  agent: 'agents',
  environment: 'environments',
  token_type: 'tokenTypes',
  cost_type: 'costTypes',
};

function withoutOwn({ dimension, tagKey, filter = {} }: FacetsOptions): UsageFilter {
  if (dimension === 'tag') return { ...filter, tags: filter.tags?.filter(({ key }) => key !== tagKey) };
  return { ...filter, [OWN[dimension]]: undefined };
}
