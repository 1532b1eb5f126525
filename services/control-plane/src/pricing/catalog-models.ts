import { BUCKETS, type BucketRates, type CatalogEntry, type ProviderType, SPECIAL_TIERS } from '@weir/contracts';
import { profilesOf } from './bedrock-profiles.js';
import type { CatalogModel, CatalogRate } from './pricing.types.js';

export interface ModelList {
  /** In order of preference. */
  readonly vendors: readonly string[];
  readonly search: string;
  readonly capability: string | null;
  readonly first: number;
  /** Ids up to this one are left out; null = from the first. */
  readonly after: string | null;
  readonly at: Date;
}

/**
 * Whether a provider type sells what its vendor's list names. Google's list is that of Vertex AI too, whose partner models the
 * Gemini API does not have: https://ai.google.dev/gemini-api/docs/models
 */
export function isOffered(type: ProviderType, { vendor, model }: Pick<CatalogEntry, 'vendor' | 'model'>): boolean {
  return type !== 'google' || vendor !== 'google' || !model.startsWith('claude-');
}

/** The models asked for by id, with the rates in force at that time; of several entries of one model the last wins. */
export function listModels(entries: readonly CatalogEntry[], list: ModelList): CatalogModel[] {
  const wanted = list.search.trim().toLowerCase();
  const byId = new Map<string, CatalogEntry>();
  for (const vendor of list.vendors.toReversed()) {
    for (const entry of entries) {
      if (entry.vendor === vendor && !isStandIn(entry) && holds(entry, list.at)) byId.set(entry.model, entry);
    }
  }
  const { after, capability } = list;
  const known = new Set(byId.keys());
  return [...byId.values()]
    .filter((entry) => namesOf(entry).includes(wanted))
    .filter(({ capabilities }) => capability === null || capabilities.includes(capability))
    .filter(({ model }) => after === null || model > after)
    .sort((a, b) => (a.model < b.model ? -1 : 1))
    .slice(0, list.first)
    .map((entry) => toModel(entry, known));
}

/** A price list's own name for the ids of all regions; nobody can call it. */
function isStandIn({ vendor, model }: CatalogEntry): boolean {
  return vendor === 'aws' && model.startsWith('regional.');
}

function namesOf({ model, displayName, family }: CatalogEntry): string {
  return `${model}\n${displayName ?? ''}\n${family ?? ''}`.toLowerCase();
}

function holds({ from, until, daily }: CatalogEntry, at: Date): boolean {
  const timeOfDay = at.toISOString().slice(11, 19);
  const isToday = daily === null || isWithin(daily, timeOfDay);
  return (
    isToday && (from ?? Number.NEGATIVE_INFINITY) <= at.getTime() && at.getTime() < (until ?? Number.POSITIVE_INFINITY)
  );
}

/** A window may reach over midnight. */
function isWithin({ from, until }: { from: string; until: string }, time: string): boolean {
  return from <= until ? from <= time && time < until : from <= time || time < until;
}

function toModel(entry: CatalogEntry, known: ReadonlySet<string>): CatalogModel {
  const { rates, serviceTiers, provenance } = entry;
  const special = SPECIAL_TIERS.flatMap((tier) => flat(serviceTiers[tier] ?? {}, tier));
  return {
    id: entry.model,
    displayName: entry.displayName,
    family: entry.family,
    contextTokens: entry.contextTokens,
    maxOutputTokens: entry.maxOutputTokens,
    capabilities: entry.capabilities,
    inputUsdPerMillion: baseRate(rates, 'input'),
    outputUsdPerMillion: baseRate(rates, 'output'),
    rates: [...flat(rates, 'default'), ...special],
    source: provenance?.source ?? null,
    sourceUrl: provenance?.url ?? null,
    asOf: provenance?.asOf ?? null,
    ...profilesOf(entry, known),
  };
}

/** Base tier of a bucket, USD per 1M; null = not published. */
export function baseRate(rates: BucketRates, bucket: keyof BucketRates): string | null {
  return rates[bucket]?.find(({ above }) => above === 0)?.usdPerMillion ?? null;
}

function flat(rates: BucketRates, serviceTier: string): CatalogRate[] {
  return BUCKETS.flatMap((bucket) =>
    (rates[bucket] ?? []).map(({ above, usdPerMillion }) => ({
      bucket,
      usdPerMillion,
      aboveTokens: above,
      serviceTier,
    })),
  );
}
