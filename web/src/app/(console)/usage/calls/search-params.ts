import { parseAsArrayOf, parseAsIsoDateTime, parseAsString } from 'nuqs/server';

const names = parseAsArrayOf(parseAsString).withDefault([]);

/** Which calls: a range and what it is narrowed to, as a receipt gives them. */
export const callsParsers = {
  from: parseAsIsoDateTime,
  to: parseAsIsoDateTime,
  providers: names,
  models: names,
  apps: names,
  environments: names,
  /** Event id of the call shown in the drawer. */
  call: parseAsString,
};

export const CALL_FILTERS = ['providers', 'models', 'apps', 'environments'] as const;
