import {
  type Bucket,
  type BucketRates,
  type CatalogEntry,
  type PicoUsd,
  type PriceBook,
  type PriceVersion,
  type ProviderType,
  parseUsd,
  SPECIAL_TIERS,
  type SpecialTier,
} from '@weir/contracts';
import { compileMatch, type Matcher, withSpelledDate } from './match.js';

export type ServiceTier = SpecialTier | 'default';

/** Where a call was served, for models that cost otherwise in a single region. */
export type Place = 'global' | 'regional' | 'unknown';

export interface CatalogRate {
  readonly usdPerMillion: string;
  readonly pico: PicoUsd;
}

/** Prices of one model at one time. */
export interface CatalogModel {
  readonly vendor: string;
  /** The catalog's name for it. */
  readonly model: string;
  readonly entry: CatalogEntry;
  /**
   * The rate of a request that read `inputTokens` in all, at a service tier; null = the catalog has none. The rates of one
   * tier never stand in for those of another.
   */
  rateOf(bucket: Bucket, inputTokens: number, tier?: ServiceTier, place?: Place): CatalogRate | null;
}

/** One price version, made ready for look-ups. */
export interface Catalog {
  readonly version: PriceVersion;
  find(type: ProviderType, modelId: string, atMs: number): CatalogModel | null;
}

interface Listed {
  readonly model: string;
  readonly matches: Matcher;
  readonly entries: CatalogModel[];
}

interface Vendor {
  readonly byId: ReadonlyMap<string, Listed>;
  readonly inOrder: readonly Listed[];
}

/** Apps choose model names freely, so what is remembered of them is bounded. */
const REMEMBERED_NAMES = 10_000;

export function openCatalog(version: PriceVersion, vendorsOf: PriceBook['vendors']): Catalog {
  const vendors = new Map<string, Vendor>();
  for (const [vendor, entries] of Map.groupBy(version.entries, (entry) => entry.vendor)) {
    vendors.set(vendor, openVendor(entries));
  }
  const remembered = new Map<string, Listed | null>();
  const lookUp = (type: ProviderType, modelId: string): Listed | null => {
    const key = `${type}:${modelId}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const found = search(vendorsOf[type] ?? [], vendors, idIn(modelId.toLowerCase().trim()));
    if (remembered.size >= REMEMBERED_NAMES) remembered.clear();
    remembered.set(key, found);
    return found;
  };
  return {
    version,
    find: (type, modelId, atMs) => lookUp(type, modelId)?.entries.findLast(({ entry }) => holds(entry, atMs)) ?? null,
  };
}

/** The id at the end of an ARN of AWS that names a model or a profile; anything else as it is. */
function idIn(name: string): string {
  return /^arn:[^/]*:(?:foundation-model|inference-profile)\/(.+)$/.exec(name)?.[1] ?? name;
}

/** Vendor by vendor: the id itself, then the first model whose rule fits, then both with the date spelled out. */
function search(names: readonly string[], vendors: ReadonlyMap<string, Vendor>, id: string): Listed | null {
  const spelled = withSpelledDate(id);
  for (const name of names) {
    const vendor = vendors.get(name);
    if (!vendor) continue;
    const found = inVendor(vendor, id) ?? (spelled === id ? null : inVendor(vendor, spelled));
    if (found) return found;
  }
  return null;
}

function inVendor({ byId, inOrder }: Vendor, id: string): Listed | null {
  return byId.get(id) ?? inOrder.find(({ matches }) => matches(id)) ?? null;
}

function openVendor(entries: readonly CatalogEntry[]): Vendor {
  const byId = new Map<string, Listed>();
  for (const entry of entries) {
    const id = entry.model.toLowerCase();
    let listed = byId.get(id);
    if (!listed) {
      listed = { model: entry.model, matches: entry.match ? compileMatch(entry.match) : () => false, entries: [] };
      byId.set(id, listed);
    }
    listed.entries.push(openEntry(entry));
  }
  return { byId, inOrder: [...byId.values()] };
}

interface Step {
  readonly above: number;
  readonly upTo: number;
  readonly rate: CatalogRate;
}

function openEntry(entry: CatalogEntry): CatalogModel {
  const cards = new Map<ServiceTier | 'regional', ReadonlyMap<string, readonly Step[]>>([
    ['default', openRates(entry.rates)],
  ]);
  const { regional } = entry.placeRates;
  if (regional) cards.set('regional', openRates(regional));
  for (const tier of SPECIAL_TIERS) {
    const rates = entry.serviceTiers[tier];
    if (rates) cards.set(tier, openRates(rates));
  }
  return {
    entry,
    vendor: entry.vendor,
    model: entry.model,
    rateOf(bucket, inputTokens, tier = 'default', place = 'global') {
      const isElsewhere = regional !== undefined && place !== 'global';
      if (isElsewhere && (place === 'unknown' || tier !== 'default')) return null;
      // The base step has `above: 0` and holds for a request that read nothing, too.
      const step = cards
        .get(isElsewhere ? 'regional' : tier)
        ?.get(bucket)
        ?.find(({ above }) => above === 0 || inputTokens > above);
      return step && inputTokens <= step.upTo ? step.rate : null;
    },
  };
}

/** Steps by bucket, the highest first. */
function openRates(rates: BucketRates): ReadonlyMap<string, readonly Step[]> {
  return new Map(
    Object.entries(rates).map(([bucket, tiers]) => [
      bucket,
      tiers
        .map(({ above, upTo = Number.POSITIVE_INFINITY, usdPerMillion }) => ({
          ...{ above, upTo, rate: { usdPerMillion, pico: parseUsd(usdPerMillion) } },
        }))
        .sort((a, b) => b.above - a.above),
    ]),
  );
}

function holds({ from, until, daily }: CatalogEntry, atMs: number): boolean {
  if (from !== null && atMs < from) return false;
  if (until !== null && atMs >= until) return false;
  if (daily === null) return true;
  const time = new Date(atMs).toISOString().slice(11, 23);
  // A window may pass midnight.
  return daily.until < daily.from ? time >= daily.from || time < daily.until : time >= daily.from && time < daily.until;
}
