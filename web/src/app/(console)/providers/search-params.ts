import { parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs/server';

/** As they stand in the address: whether calls are taken, and what the last test of those that take them found. */
export const STATUSES = ['enabled', 'disabled', 'ready', 'failing', 'untested'] as const;
export type StatusName = (typeof STATUSES)[number];
export const STATUS_LABELS: Readonly<Record<StatusName, string>> = {
  enabled: 'Enabled',
  disabled: 'Disabled',
  ready: 'Test passed',
  failing: 'Test failed',
  untested: 'Not tested',
};

export const providerListParsers = {
  search: parseAsString.withDefault('').withOptions({ throttleMs: 200 }),
  type: parseAsArrayOf(parseAsString).withDefault([]),
  status: parseAsArrayOf(parseAsStringLiteral(STATUSES)).withDefault([]),
  environment: parseAsString,
  model: parseAsString,
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
  /** Which spend stands open to its receipt: the provider's (`all`), or that of one model (`model:<id>`). */
  receipt: parseAsString,
  /** Put into the test of the connection; nothing is sent before somebody says so. */
  test: parseAsString,
};
