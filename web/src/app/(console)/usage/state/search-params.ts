import { createLoader, createParser, parseAsIsoDateTime, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { isZone } from '../../../../zone';
import { PARTS } from '../../receipts/total/parts';
import { PRESETS } from '../range';
import { COST_TYPES, GROUPS, parseTag, TOKEN_TYPES } from './filters';
import { parseList, printList } from './list';

const isSame = (one: readonly string[], other: readonly string[]) => printList(one) === printList(other);

/** @param fits values that do not are left out */
const listOf = <Value extends string>(fits: (value: string) => value is Value) =>
  createParser<Value[]>({
    parse: (text) => parseList(text).filter(fits),
    serialize: printList,
    eq: isSame,
  }).withDefault([]);
const oneOf =
  <Value extends string>(values: readonly Value[]) =>
  (value: string): value is Value =>
    (values as readonly string[]).includes(value);
const names = listOf((value): value is string => true);

/** Unlike the library's own, which takes whatever is not `true` for false. */
export const flag = createParser({
  parse: (text) => (text === 'true' ? true : text === 'false' ? false : null),
  serialize: String,
});
const zone = createParser({ parse: (text) => (isZone(text) ? text : null), serialize: String });

/** The lists that usage and its calls are narrowed by. */
export const filterParsers = {
  providers: names,
  providerTypes: names,
  models: names,
  costTypes: listOf(oneOf(COST_TYPES)),
  tokenTypes: listOf(oneOf(TOKEN_TYPES)),
  apps: names,
  users: names,
  agents: names,
  environments: names,
  tags: listOf((value): value is string => parseTag(value) !== null),
};

/** The whole state of Cost & Usage: a copied address shows the same figures to whoever opens it. */
export const usageParsers = {
  range: parseAsStringLiteral(PRESETS).withDefault('7d'),
  customStart: parseAsIsoDateTime,
  customEnd: parseAsIsoDateTime,
  /** IANA name; an address without it is in UTC. */
  tz: zone.withDefault('UTC'),
  groupBy: parseAsStringLiteral(GROUPS).withDefault('provider'),
  /** Of which tag, when grouped by one. */
  tagKey: parseAsString,
  ...filterParsers,
  /** false = without providers that were deleted since. */
  deleted: flag.withDefault(true),
  compare: flag.withDefault(false),
  view: parseAsStringLiteral(['chart', 'table'] as const).withDefault('chart'),
  /** Keys of the groups taken out by the legend. */
  hidden: names,
  /** Which figure stands open to its receipt. */
  receipt: parseAsStringLiteral(['total', ...PARTS] as const),
  /** The list of every group stands open. */
  groups: flag.withDefault(false),
};

export const loadUsageParams = createLoader(usageParsers);
