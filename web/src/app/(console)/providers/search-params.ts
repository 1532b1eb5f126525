import { parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs/server';

export const STATUSES = ['enabled', 'disabled'] as const;

export const providerListParsers = {
  search: parseAsString.withDefault('').withOptions({ throttleMs: 200 }),
  type: parseAsString,
  status: parseAsStringLiteral(STATUSES),
  /** Place in the list; see `useKeyset`. */
  after: parseAsString,
  page: parseAsInteger,
};

export const TABS = ['overview', 'models', 'connect', 'settings'] as const;
export type Tab = (typeof TABS)[number];

export const providerDetailParsers = {
  tab: parseAsStringLiteral(TABS).withDefault('overview'),
  /** `1` right after creation: shows the next steps. */
  created: parseAsString,
  /** Event id of the call shown in the drawer. */
  call: parseAsString,
};
