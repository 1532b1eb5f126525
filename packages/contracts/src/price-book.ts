import { z } from 'zod';
import { providerName, uuid } from './ids.js';
import { providerType } from './provider-types.js';

/** Buckets that count pieces or seconds; all others count tokens. */
export const PIECE_BUCKETS = [
  'web_search',
  'request',
  'image',
  'audio_second',
  'file_search',
  'code_container',
  'search_unit',
] as const;

/** What a rate is for. Order is that of the providers' rate cards. Unit: USD per 1,000,000 of the unit named. */
export const BUCKETS = [
  'input',
  'output',
  'cached_input',
  'cache_write_5m',
  'cache_write_1h',
  'cache_write_unknown',
  'audio_input',
  'audio_output',
  'cached_audio_input',
  'image_input',
  'image_output',
  ...PIECE_BUCKETS,
] as const;
export const bucket = z.enum(BUCKETS);
export type Bucket = z.infer<typeof bucket>;

/** Buckets an override may set: what a cache write of unknown life costs is for the upstream's own list to say. */
export const OVERRIDABLE_BUCKETS = BUCKETS.filter((one) => one !== 'cache_write_unknown');

const instantMs = z.number().int();
const decimal = z.string().regex(/^\d+(\.\d{1,6})?$/, 'a decimal with at most 6 places');

/** `above`: the rate applies to the whole request once its input exceeds this many tokens (0 = base tier). */
export const tieredRate = z.object({
  above: z.number().int().min(0),
  usdPerMillion: decimal,
  /** No rate is published for a request that reads more tokens than this; absent = up to the next tier. */
  upTo: z.number().int().min(1).optional(),
});

export const matchRule: z.ZodType<MatchRule> = z.lazy(() =>
  z.union([
    z.object({ equals: z.string() }),
    z.object({ startsWith: z.string() }),
    z.object({ endsWith: z.string() }),
    z.object({ contains: z.string() }),
    z.object({ regex: z.string() }),
    z.object({ or: z.array(matchRule) }),
    z.object({ and: z.array(matchRule) }),
  ]),
);
export type MatchRule =
  | { equals: string }
  | { startsWith: string }
  | { endsWith: string }
  | { contains: string }
  | { regex: string }
  | { or: MatchRule[] }
  | { and: MatchRule[] };

/** Rates of one model by bucket, each with its context tiers. */
export const bucketRates = z.partialRecord(bucket, z.array(tieredRate).min(1));
export type BucketRates = z.infer<typeof bucketRates>;

/** Service tiers that vendors bill apart from the ordinary one. */
export const SPECIAL_TIERS = ['flex', 'priority', 'batch', 'scale'] as const;
export const specialTier = z.enum(SPECIAL_TIERS);
export type SpecialTier = z.infer<typeof specialTier>;

/** Where a published rate was read. */
export const provenance = z.object({
  /** Name of the list, for example a package. */
  source: z.string(),
  sourceVersion: z.string(),
  /** The vendor's own page where the list names one. */
  url: z.string().nullable(),
  /** Day the list vouches for, `YYYY-MM-DD`; null = it names none. */
  asOf: z.string().nullable(),
});
export type Provenance = z.infer<typeof provenance>;

/** Published prices of one model, valid in `[from, until)` of the provider's own calendar. */
export const catalogEntry = z.object({
  /** Catalog vendor, for example `openai`; a provider type maps to one or several vendors. */
  vendor: z.string(),
  model: z.string(),
  displayName: z.string().nullable(),
  contextTokens: z.number().int().nullable(),
  /** Ids that mean this model; null = only `model` itself. */
  match: matchRule.nullable(),
  from: instantMs.nullable(),
  until: instantMs.nullable(),
  /** Daily UTC window `HH:MM:SS` in which these prices hold, where the vendor has time-of-day prices. */
  daily: z.object({ from: z.string(), until: z.string() }).nullable(),
  /** At the ordinary service tier. */
  rates: bucketRates,
  /** A special tier that is absent, or a bucket that is absent in it, has no rate: ordinary ones do not stand in for it. */
  serviceTiers: z.partialRecord(specialTier, bucketRates).default({}),
  /**
   * Ordinary rates where the same id costs otherwise, by place (`regional`). A call that does not tell where it was served
   * has none of a model that has these.
   */
  placeRates: z.partialRecord(z.enum(['regional']), bucketRates).default({}),
  /** Region or inference profile these rates hold in, for example `global`; null = the vendor names none. */
  profile: z.string().nullable().default(null),
  family: z.string().nullable().default(null),
  maxOutputTokens: z.number().int().nullable().default(null),
  /** `vision`, `tools`, ...; empty also where the source names none. */
  capabilities: z.array(z.string()).default([]),
  /** null only in versions stored before entries named their source. */
  provenance: provenance.nullable().default(null),
  /** Rates that come from somewhere else than the entry: by bucket, or by special tier. */
  addedFrom: z.partialRecord(z.union([bucket, specialTier]), provenance).default({}),
});
/** An entry as written down, with what has a default left out. */
export type CatalogEntryInput = z.input<typeof catalogEntry>;
export type CatalogEntry = z.infer<typeof catalogEntry>;

/**
 * What is in the book has two times. Valid time says which calls a price is for: those that began in it. Known time says
 * since when, and until when, this book held it to be so: a change ends the known time of what it replaces and adds what
 * holds instead, so a book of today still tells what the book of any earlier day said.
 */
const knownUntil = instantMs.nullable().default(null);

/** An immutable set of catalog entries, in force for events from `effectiveFrom` until the next version's. */
export const priceVersion = z.object({
  id: z.string(),
  source: z.string(),
  sourceVersion: z.string(),
  /** Event time from which this version counts, UTC epoch ms; the first version counts from 0. */
  effectiveFrom: instantMs,
  /** Absent in books stored before there was one: `effectiveFrom`. */
  knownFrom: instantMs.optional(),
  entries: z.array(catalogEntry),
});
export type PriceVersion = z.infer<typeof priceVersion>;

/** ISO 4217. */
export const currencyCode = z.string().regex(/^[A-Z]{3}$/, 'three capital letters');
export const USD = 'USD';

/** Service tiers that an override can be for. */
export const OVERRIDE_TIERS = ['default', ...SPECIAL_TIERS] as const;
export const overrideTier = z.enum(OVERRIDE_TIERS);
export type OverrideTier = z.infer<typeof overrideTier>;

/**
 * absent bucket = catalog rate, `0` = free, positive = replaces. In force for events in `[from, until)`, as known in
 * `[knownFrom, knownUntil)`. What a later change leaves of an override keeps its id.
 */
export const priceOverride = z.object({
  id: uuid,
  projectId: uuid,
  provider: providerName,
  model: z.string(),
  /** null = every tier; one for the tier of a call goes before it, bucket by bucket. */
  serviceTier: overrideTier.nullable().default(null),
  /** Of the rates, per 1,000,000. */
  currency: currencyCode.default(USD),
  rates: z.partialRecord(z.enum(OVERRIDABLE_BUCKETS), decimal),
  from: instantMs,
  until: instantMs.nullable(),
  /** Absent in books stored before there was one: `from`. */
  knownFrom: instantMs.optional(),
  /** null = still believed. */
  knownUntil,
});
export type PriceOverride = z.infer<typeof priceOverride>;

/** What one unit of a currency is worth, for events from `from` until the next rate of that currency known at the time. */
export const exchangeRate = z.object({
  projectId: uuid,
  currency: currencyCode,
  usdPerUnit: z.string().regex(/^\d{1,9}(\.\d{1,12})?$/, 'a decimal with at most 12 places'),
  from: instantMs,
  knownFrom: instantMs,
  /** null = still believed. */
  knownUntil,
});
export type ExchangeRate = z.infer<typeof exchangeRate>;

/** Everything a worker needs to rate an event of any age. */
export const priceBook = z.object({
  format: z.literal(1),
  version: z.number().int().min(1),
  /** Catalog vendors that price a provider type, in order of preference. */
  vendors: z.partialRecord(providerType, z.array(z.string())),
  versions: z.array(priceVersion),
  overrides: z.array(priceOverride),
  exchangeRates: z.array(exchangeRate).default([]),
});
export type PriceBook = z.infer<typeof priceBook>;
