import { createLoader, parseAsArrayOf, parseAsIsoDateTime, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { PARTS } from '../receipts/total/parts';
import { PRESETS } from './range';

export const GROUPS = ['provider', 'model', 'app', 'token_type', 'environment'] as const;
export type Group = (typeof GROUPS)[number];
export const GROUP_LABELS: Record<Group, string> = {
  provider: 'Provider',
  model: 'Model',
  app: 'App',
  token_type: 'Token type',
  environment: 'Environment',
};

/** What the charts can be narrowed to; each is a list in the URL under this name. */
export const FILTERS = ['providers', 'models', 'apps', 'environments'] as const;
export type Filter = (typeof FILTERS)[number];
export const FILTER_LABELS: Record<Filter, string> = {
  providers: 'Provider',
  models: 'Model',
  apps: 'App',
  environments: 'Environment',
};

const names = parseAsArrayOf(parseAsString).withDefault([]);

/** The whole state of Cost & Usage: a copied address shows the same figures to whoever opens it. */
export const usageParsers = {
  range: parseAsStringLiteral(PRESETS).withDefault('7d'),
  customStart: parseAsIsoDateTime,
  customEnd: parseAsIsoDateTime,
  groupBy: parseAsStringLiteral(GROUPS).withDefault('provider'),
  providers: names,
  models: names,
  apps: names,
  environments: names,
  view: parseAsStringLiteral(['chart', 'table'] as const).withDefault('chart'),
  /** Keys of the groups taken out by the legend. */
  hidden: names,
  /** Which figure stands open to its receipt. */
  receipt: parseAsStringLiteral(['total', ...PARTS] as const),
};

export const loadUsageParams = createLoader(usageParsers);
