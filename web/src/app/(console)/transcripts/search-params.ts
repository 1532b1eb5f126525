import { createParser, parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs/server';

export const STATUSES = ['running', 'completed', 'error'] as const;
export type ConversationStatus = (typeof STATUSES)[number];
export const STATUS_LABELS: Readonly<Record<ConversationStatus, string>> = {
  running: 'Running',
  completed: 'Completed',
  error: 'Error',
};

const SECONDS = /^\d{1,6}(\.\d{1,3})?$/;
const USD = /^\d{1,9}(\.\d{1,12})?$/;

/** Seconds as typed, in the address as they are; what is no number is not there. */
const seconds = createParser({ parse: (text) => (SECONDS.test(text) ? text : null), serialize: String });
/** Decimal text, so that no float ever holds money. */
const usd = createParser({ parse: (text) => (USD.test(text) ? text : null), serialize: String });

export const isSeconds = (text: string) => SECONDS.test(text);
export const isUsd = (text: string) => USD.test(text);

/** Beside range and lists, which Cost & Usage has too: `usageParsers`. */
export const transcriptParsers = {
  q: parseAsString.withDefault('').withOptions({ throttleMs: 300 }),
  status: parseAsArrayOf(parseAsStringLiteral(STATUSES)).withDefault([]),
  errors: parseAsArrayOf(parseAsString).withDefault([]),
  slower: seconds,
  costlier: usd,
  /** Place in the list; see `useKeyset`. */
  after: parseAsString,
  page: parseAsInteger,
};
