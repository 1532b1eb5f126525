import {
  type BucketRates,
  bucket,
  type CatalogEntry,
  formatUsd,
  matchRule,
  type Provenance,
  parseUsd,
  specialTier,
} from '@weir/contracts';
import { z } from 'zod';
import { compileMatch } from '../match.js';
import { UNSTATED } from './listing.js';

/** A rate as a vendor's page states it: in dollars, or as a multiple of another rate of the same model. */
const statedRate = z.union([
  z.strictObject({ usdPerMillion: z.string() }),
  z.strictObject({ times: z.string(), of: bucket }),
]);
const stated = {
  vendor: z.string(),
  rates: z.partialRecord(bucket, statedRate),
  /** The rates hold up to this many input tokens; above them there is none. */
  upTo: z.number().int().min(1).optional(),
  /** The page it was read on, and the day. */
  url: z.url(),
  asOf: z.iso.date(),
};
const addedRates = z.strictObject({
  ...stated,
  models: matchRule,
  /** Absent = the ordinary rates. */
  serviceTier: specialTier.optional(),
  /** Where the rates hold instead of the ordinary ones. */
  place: z.enum(['regional']).optional(),
});
const addedModel = z.strictObject({
  ...stated,
  model: z.string(),
  match: matchRule.nullable(),
  displayName: z.string(),
  contextTokens: z.number().int().nullable(),
  capabilities: z.array(z.string()).default(['chat']),
});
/** What a list has wrong, or does not know yet: the page wins for the time it names. No rates at all = none is known then. */
const correction = z.strictObject({
  ...stated,
  corrects: z.string(),
  /** First day, and the day after the last one, UTC. */
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
});
export const additions = z.array(z.union([addedRates, addedModel, correction]));
export type Addition = z.infer<typeof additions>[number];

const SOURCE = 'price page';

/** Fills in what the lists lack. A rate that a list has is touched by a correction only. */
export function add(entries: readonly CatalogEntry[], toAdd: readonly Addition[]): CatalogEntry[] {
  const models = toAdd.filter((addition) => 'model' in addition).map(toEntry);
  const known = new Set(entries.map(({ vendor, model }) => `${vendor}\n${model}`));
  const all = [...entries, ...models.filter(({ vendor, model }) => !known.has(`${vendor}\n${model}`))];
  const corrected = toAdd.filter((addition) => 'corrects' in addition).reduce(correct, all);
  const rules = toAdd
    .filter((addition) => 'models' in addition)
    .map((rule) => ({ rule, matches: compileMatch(rule.models) }));
  return corrected.map((entry) =>
    rules
      .filter(({ rule, matches }) => rule.vendor === entry.vendor && matches(entry.model.toLowerCase()))
      .reduce((filled, { rule }) => withRates(filled, rule), entry),
  );
}

function withRates(entry: CatalogEntry, rule: z.infer<typeof addedRates>): CatalogEntry {
  const { serviceTier, place } = rule;
  if (place) return { ...entry, placeRates: { ...entry.placeRates, [place]: ratesOf(rule, entry.rates) } };
  const present = serviceTier ? (entry.serviceTiers[serviceTier] ?? {}) : entry.rates;
  const added = Object.fromEntries(
    Object.entries(ratesOf(rule, entry.rates)).filter(([name]) => !(name in present)),
  ) as BucketRates;
  if (Object.keys(added).length === 0) return entry;
  const rates = { ...present, ...added };
  const from = Object.fromEntries(
    (serviceTier ? [serviceTier] : Object.keys(added)).map((name) => [name, provenanceOf(rule)]),
  );
  const addedFrom = { ...from, ...entry.addedFrom };
  if (!serviceTier) return { ...entry, rates, addedFrom };
  return { ...entry, serviceTiers: { ...entry.serviceTiers, [serviceTier]: rates }, addedFrom };
}

/** @throws RangeError for a model that no list has */
function correct(entries: readonly CatalogEntry[], fix: z.infer<typeof correction>): CatalogEntry[] {
  const { vendor, corrects, from, until } = fix;
  const index = entries.findLastIndex((entry) => entry.vendor === vendor && entry.model === corrects);
  const wrong = entries[index];
  if (!wrong) throw new RangeError(`there is no ${vendor} ${corrects} to correct`);
  const isUnknown = Object.keys(fix.rates).length === 0;
  const rates = ratesOf(fix, wrong.rates);
  const right: CatalogEntry = {
    ...wrong,
    rates: isUnknown ? {} : { ...wrong.rates, ...rates },
    serviceTiers: isUnknown ? {} : wrong.serviceTiers,
    placeRates: isUnknown ? {} : wrong.placeRates,
    from: from === undefined ? wrong.from : Date.parse(from),
    until: until === undefined ? wrong.until : Date.parse(until),
    addedFrom: {
      ...wrong.addedFrom,
      ...Object.fromEntries(Object.keys(rates).map((name) => [name, provenanceOf(fix)])),
    },
  };
  // Of the entries of one model, the last one that holds wins.
  return entries.toSpliced(index + 1, 0, right);
}

/** Multiples of a rate that the model does not have are left out. */
function ratesOf({ rates, upTo }: Addition, base: BucketRates): BucketRates {
  const limit = upTo === undefined ? {} : { upTo };
  return Object.fromEntries(
    Object.entries(rates).flatMap(([name, rate]) => {
      if ('usdPerMillion' in rate) return [[name, [{ above: 0, usdPerMillion: rate.usdPerMillion, ...limit }]]];
      const tiers = base[rate.of];
      if (!tiers) return [];
      return [[name, tiers.map((tier) => ({ ...tier, usdPerMillion: product(tier.usdPerMillion, rate.times) }))]];
    }),
  );
}

/** @throws RangeError when the product needs more than the six places a rate can have */
function product(rate: string, times: string): string {
  const exact = parseUsd(rate) * parseUsd(times);
  const step = 10n ** 18n;
  if (exact % step !== 0n) throw new RangeError(`${rate} x ${times} needs more than 6 decimal places`);
  return formatUsd(exact / 10n ** 12n);
}

function toEntry(added: z.infer<typeof addedModel>): CatalogEntry {
  const { vendor, model, match, displayName, contextTokens, capabilities } = added;
  return {
    ...UNSTATED,
    ...{ vendor, model, match, displayName, contextTokens, capabilities },
    rates: ratesOf(added, {}),
    provenance: provenanceOf(added),
  };
}

function provenanceOf({ url, asOf }: Addition): Provenance {
  return { source: SOURCE, sourceVersion: asOf, url, asOf };
}
