/** What usage can be grouped by and narrowed to, under the names the address and the control plane share. */
export const GROUPS = [
  'provider',
  'provider_type',
  'model',
  'app',
  'user',
  'agent',
  'environment',
  'token_type',
  'cost_type',
  'tag',
] as const;
export type Group = (typeof GROUPS)[number];

export const GROUP_LABELS: Record<Group, string> = {
  provider: 'Provider',
  provider_type: 'Provider type',
  model: 'Model',
  app: 'App',
  user: 'User',
  agent: 'Agent',
  environment: 'Environment',
  token_type: 'Token type',
  cost_type: 'Cost type',
  tag: 'Tag',
};

/** Each is a list in the address under this name; tags are `key=value`. */
export const FILTERS = [
  'providers',
  'providerTypes',
  'models',
  'costTypes',
  'tokenTypes',
  'apps',
  'users',
  'agents',
  'environments',
] as const;
export type Filter = (typeof FILTERS)[number];

export const DIMENSION_OF: Record<Filter, Exclude<Group, 'tag'>> = {
  providers: 'provider',
  providerTypes: 'provider_type',
  models: 'model',
  apps: 'app',
  users: 'user',
  agents: 'agent',
  environments: 'environment',
  tokenTypes: 'token_type',
  costTypes: 'cost_type',
};
export const FILTER_OF = Object.fromEntries(FILTERS.map((filter) => [DIMENSION_OF[filter], filter])) as Record<
  Exclude<Group, 'tag'>,
  Filter
>;
export const labelOfFilter = (filter: Filter): string => GROUP_LABELS[DIMENSION_OF[filter]];

export const TOKEN_TYPES = ['input', 'cached_input', 'cache_write', 'output', 'reasoning'] as const;
export const COST_TYPES = [...TOKEN_TYPES, 'tool_use', 'other', 'unpriced'] as const;
export const KIND_LABELS: Record<string, string> = {
  input: 'Input',
  cached_input: 'Cached input',
  cache_write: 'Cache writes',
  output: 'Output',
  reasoning: 'Reasoning',
  tool_use: 'Tool use',
  other: 'Other',
  unpriced: 'Unpriced',
};

/** A value as people read it; the empty one is what has none. */
export function valueLabel(dimension: Group, value: string): string {
  if (value === '') return dimension === 'tag' ? 'without this tag' : `no ${GROUP_LABELS[dimension].toLowerCase()}`;
  if (dimension === 'token_type' || dimension === 'cost_type') return KIND_LABELS[value] ?? value;
  return value;
}

export interface TagValue {
  readonly key: string;
  /** '' = without that tag. */
  readonly value: string;
}

/** `team=search`; a key holds no `=`. null where there is no key. */
export function parseTag(text: string): TagValue | null {
  const at = text.indexOf('=');
  return at < 1 ? null : { key: text.slice(0, at), value: text.slice(at + 1) };
}

export const printTag = ({ key, value }: TagValue): string => `${key}=${value}`;

export type Narrowed = Partial<Readonly<Record<Filter, readonly string[]>>> & { readonly tags?: readonly string[] };

/** The filter as the control plane takes it; lists that narrow nothing are left out. */
export function usageFilter(narrowed: Narrowed, withDeleted = true) {
  const lists = FILTERS.flatMap((name) => (narrowed[name]?.length ? [[name, [...narrowed[name]]] as const] : []));
  const tags = tagFilters(narrowed.tags ?? []);
  return {
    ...(Object.fromEntries(lists) as { [Name in Filter]?: string[] }),
    ...(tags.length > 0 ? { tags } : {}),
    ...(withDeleted ? {} : { withDeleted: false }),
  };
}

export type UsageFilter = ReturnType<typeof usageFilter>;

/** Values of one key stand together: of them any, of each key one. */
export function tagFilters(texts: readonly string[]): { key: string; values: string[] }[] {
  const byKey = new Map<string, string[]>();
  for (const tag of texts.map(parseTag)) {
    if (tag) byKey.set(tag.key, [...(byKey.get(tag.key) ?? []), tag.value]);
  }
  return [...byKey].map(([key, values]) => ({ key, values }));
}

/** The filter of one group inside a filter, as a click on it asks for. */
export function narrowTo(narrowed: Narrowed, groupBy: Group, tagKey: string | null, key: string): Narrowed {
  if (groupBy !== 'tag') return { ...narrowed, [FILTER_OF[groupBy]]: [key] };
  if (tagKey === null) return narrowed;
  const others = (narrowed.tags ?? []).filter((text) => parseTag(text)?.key !== tagKey);
  return { ...narrowed, tags: [...others, printTag({ key: tagKey, value: key })] };
}
