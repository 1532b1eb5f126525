import { parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs/server';

export const STATUSES = ['enabled', 'disabled'] as const;
export const SORTS = ['name', 'requests', 'spend', 'updated'] as const;

export const providerListParsers = {
  search: parseAsString.withDefault(''),
  types: parseAsArrayOf(parseAsString).withDefault([]),
  status: parseAsStringLiteral(STATUSES),
};

export const TABS = ['overview', 'models', 'connect', 'settings'] as const;
export type Tab = (typeof TABS)[number];

export const providerDetailParsers = {
  tab: parseAsStringLiteral(TABS).withDefault('overview'),
  /** `1` right after creation: shows the next steps once. */
  created: parseAsString,
  /** Event id of the call shown in the drawer. */
  call: parseAsString,
};
