import { createParser, parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs/server';

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

const TURN = /^([0-9a-f-]{36})\.\.([0-9a-f-]{36})$/;
/** `conversation..event`. */
const turnName = createParser({
  parse(text) {
    const [, conversationId, eventId] = TURN.exec(text) ?? [];
    return conversationId !== undefined && eventId !== undefined ? { conversationId, eventId } : null;
  },
  serialize: ({ conversationId, eventId }) => `${conversationId}..${eventId}`,
  eq: (a, b) => a.conversationId === b.conversationId && a.eventId === b.eventId,
});

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
  /** The recorded turn whose request stands in the Test panel. */
  turn: turnName,
};
