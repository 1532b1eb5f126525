import {
  type Bucket,
  type CatalogEntry,
  type PicoUsd,
  type PriceBook,
  type PriceVersion,
  type ProviderType,
  parseUsd,
} from '@weir/contracts';
import { compileMatch, type Matcher, withSpelledDate } from './match.js';

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
  /** The rate of a request that read `inputTokens` in all; null = the catalog has none for this bucket. */
  rateOf(bucket: Bucket, inputTokens: number): CatalogRate | null;
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
    const found = search(vendorsOf[type] ?? [], vendors, modelId.toLowerCase().trim());
    if (remembered.size >= REMEMBERED_NAMES) remembered.clear();
    remembered.set(key, found);
    return found;
  };
  return {
    version,
    find: (type, modelId, atMs) => lookUp(type, modelId)?.entries.findLast(({ entry }) => holds(entry, atMs)) ?? null,
  };
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

function openEntry(entry: CatalogEntry): CatalogModel {
  const rates = new Map<string, { above: number; rate: CatalogRate }[]>();
  for (const [bucket, tiers] of Object.entries(entry.rates)) {
    const descending = tiers
      .map(({ above, usdPerMillion }) => ({ above, rate: { usdPerMillion, pico: parseUsd(usdPerMillion) } }))
      .sort((a, b) => b.above - a.above);
    rates.set(bucket, descending);
  }
  return {
    entry,
    vendor: entry.vendor,
    model: entry.model,
    // The base tier has `above: 0` and holds for a request that read nothing, too.
    rateOf: (bucket, inputTokens) =>
      rates.get(bucket)?.find(({ above }) => above === 0 || inputTokens > above)?.rate ?? null,
  };
}

function holds({ from, until, daily }: CatalogEntry, atMs: number): boolean {
  if (from !== null && atMs < from) return false;
  if (until !== null && atMs >= until) return false;
  if (daily === null) return true;
  const time = new Date(atMs).toISOString().slice(11, 23);
  // A window may pass midnight.
  return daily.until < daily.from ? time >= daily.from || time < daily.until : time >= daily.from && time < daily.until;
}
