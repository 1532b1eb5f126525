import { type Bucket, type CatalogEntry, formatUsd, type PriceBook, type ProviderType, priceOf } from '@weir/contracts';
import { openBook } from './book.js';
import type { Catalog, CatalogModel } from './catalog.js';
import { STAND_INS } from './stand-ins.js';

/** What is known to have been used of a model without a price; buckets as on the lines of a rating. */
export interface UnpricedUse {
  readonly providerType: ProviderType;
  readonly model: string;
  readonly quantities: readonly { readonly bucket: string; readonly quantity: bigint }[];
}

/** A guess at what nobody can price: for people to see how much it may be about, never to be booked. */
export interface NearestKnown {
  readonly vendor: string;
  readonly model: string;
  /** Why this model, one sentence. */
  readonly because: string;
  /** USD at the model's base rates; null = nothing is known to have been used, or something that has no rate there either. */
  readonly exposureUsd: string | null;
}

/**
 * The model with known rates that resembles one without most: the model itself where it is listed and only something of it has
 * no price, else of the vendors of the provider type the one whose id has the longest beginning in common, word by word, at
 * least the family's name; of several the one with the higher version. null = none.
 * @param atMs UTC epoch ms, of the price list
 */
export function nearestKnown(use: UnpricedUse, book: PriceBook, atMs: number): NearestKnown | null {
  const open = openBook(book);
  const catalog = open.catalogAt(atMs, open.knownAt(Number.POSITIVE_INFINITY));
  if (!catalog) return null;
  const own = catalog.find(use.providerType, use.model, atMs);
  if (own?.rateOf('input', 0)) {
    const because = `${own.model} of ${own.vendor} is listed, though not for everything that was used; these are its ordinary rates.`;
    return { vendor: own.vendor, model: own.model, because, exposureUsd: exposureOf(use, own) };
  }
  const wanted = wordsOf(use.model);
  for (const vendor of book.vendors[use.providerType] ?? []) {
    const best = bestOf(catalog, vendor, wanted, use.providerType, atMs);
    if (best) {
      const because = `${use.model} has no price; ${best.model} of ${vendor} is the nearest by name, with “${beginningOf(best.model, best.shared.length)}” in common.`;
      return { vendor, model: best.model, because, exposureUsd: exposureOf(use, best.found) };
    }
  }
  return null;
}

interface Candidate {
  readonly model: string;
  readonly found: CatalogModel;
  readonly shared: readonly string[];
}

function bestOf(catalog: Catalog, vendor: string, wanted: readonly string[], type: ProviderType, atMs: number) {
  let best: Candidate | null = null;
  for (const model of modelsOf(catalog, vendor)) {
    const shared = sharedStart(wanted, wordsOf(model));
    if (!isFamily(shared, model) || (best && shared.length < best.shared.length)) continue;
    if (best && shared.length === best.shared.length && !isBefore(model, best.model)) continue;
    const found = catalog.find(type, model, atMs);
    if (found?.vendor === vendor && found.rateOf('input', 0)) best = { model, found, shared };
  }
  return best;
}

const models = new WeakMap<Catalog, ReadonlyMap<string, readonly string[]>>();

function modelsOf(catalog: Catalog, vendor: string): readonly string[] {
  let byVendor = models.get(catalog);
  if (!byVendor) {
    const priced = catalog.version.entries.filter((entry: CatalogEntry) => entry.rates.input !== undefined);
    const grouped = Map.groupBy(priced, (entry) => entry.vendor);
    byVendor = new Map([...grouped].map(([name, list]) => [name, [...new Set(list.map(({ model }) => model))]]));
    models.set(catalog, byVendor);
  }
  return byVendor.get(vendor) ?? [];
}

/** `us.anthropic.claude-opus-5-20250930` -> us anthropic claude opus 5: a date says nothing of the price. */
function wordsOf(model: string): readonly string[] {
  const words = model.toLowerCase().split(/[-._:/@ ]+/);
  return words.filter((word) => word !== '' && word !== 'latest' && !/^(20\d{6}|v\d)$/.test(word));
}

/** As it is written. */
function beginningOf(model: string, words: number): string {
  return new RegExp(`^(?:[^-._:/@ ]+[-._:/@ ]+){${words - 1}}[^-._:/@ ]+`).exec(model)?.[0] ?? model;
}

function sharedStart(one: readonly string[], other: readonly string[]): readonly string[] {
  const end = one.findIndex((word, index) => word !== other[index]);
  return end < 0 ? one : one.slice(0, end);
}

/**
 * A name such as `gpt` or `claude` alone covers models that cost a hundred times each other: a second word is asked for, or
 * a number in the first (`o3`). Who offers it and where (`us.anthropic.`, `accounts/fireworks/models/`) is no part of the name.
 */
function isFamily(shared: readonly string[], model: string): boolean {
  const before = wordsOf(/^(?:.*\/|(?:[a-z-]+\.)+)/i.exec(model)?.[0] ?? '').length;
  const own = shared.slice(before);
  return own.length >= 2 || /\d/.test(own[0] ?? '');
}

/** Fewer words first, since the plain name of a family is its ordinary model; then the higher version. */
function isBefore(model: string, other: string): boolean {
  const [a, b] = [wordsOf(model).length, wordsOf(other).length];
  if (a !== b) return a < b;
  return model.localeCompare(other, 'en', { numeric: true }) > 0;
}

const SAME_AS: Readonly<Record<string, Bucket>> = { reasoning: 'output', tool_use_input: 'input' };

function exposureOf({ quantities }: UnpricedUse, model: CatalogModel): string | null {
  const used = quantities.filter(({ quantity }) => quantity !== 0n);
  if (used.length === 0) return null;
  let total = 0n;
  for (const { bucket, quantity } of used) {
    const own = (SAME_AS[bucket] ?? bucket) as Bucket;
    const buckets = [own, ...(STAND_INS[own] ?? []).map((standIn) => standIn.bucket)];
    const rate = buckets.map((one) => model.rateOf(one, 0)).find((found) => found !== null);
    if (!rate) return null;
    total += priceOf(quantity, rate.pico);
  }
  return formatUsd(total);
}
