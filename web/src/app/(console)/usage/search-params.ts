import { createLoader, parseAsArrayOf, parseAsIsoDateTime, parseAsString, parseAsStringLiteral } from 'nuqs/server';
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

const names = parseAsArrayOf(parseAsString).withDefault([]);

/** The whole state of Cost & Usage. */
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
};

export const loadUsageParams = createLoader(usageParsers);
