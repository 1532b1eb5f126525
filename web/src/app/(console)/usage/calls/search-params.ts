import { parseAsIsoDateTime, parseAsString } from 'nuqs/server';
import { filterParsers, flag } from '../state/search-params';

/** Which calls: a range and what it is narrowed to, as a figure gives them. */
export const callsParsers = {
  from: parseAsIsoDateTime,
  to: parseAsIsoDateTime,
  ...filterParsers,
  /** false = without calls of providers that were deleted since. */
  deleted: flag,
  /** Event id of the call shown in the drawer. */
  call: parseAsString,
};
