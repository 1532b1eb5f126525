import { parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import type { Preset } from '../range';

const names = parseAsArrayOf(parseAsString).withDefault([]);

/** Without dates of one's own: what has no price is looked for in the present, or in a month that is to be closed. */
export const UNPRICED_RANGES = ['24h', '7d', '30d', '90d', 'mtd'] as const satisfies readonly Preset[];
export type UnpricedPreset = (typeof UNPRICED_RANGES)[number];

export const unpricedParsers = {
  range: parseAsStringLiteral(UNPRICED_RANGES).withDefault('90d'),
  month: parseAsString,
  providers: names,
  models: names,
};
