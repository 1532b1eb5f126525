import { parseAsArrayOf, parseAsBoolean, parseAsIsoDateTime, parseAsString, parseAsStringLiteral } from 'nuqs';
import { PRESETS } from './range';

const names = parseAsArrayOf(parseAsString).withDefault([]);

/** What is chosen so far: a copied address opens the same restatement, not yet previewed. */
export const startParsers = {
  range: parseAsStringLiteral(PRESETS).withDefault('this_month'),
  from: parseAsIsoDateTime,
  to: parseAsIsoDateTime,
  providers: names,
  models: names,
  apps: names,
  environments: names,
  unpricedOnly: parseAsBoolean.withDefault(false),
  reason: parseAsString.withDefault(''),
};
