import type { ExchangeRate, PriceBook, PriceOverride, PriceVersion, UsageEvent } from '@weir/contracts';
import { type Catalog, openCatalog, type ServiceTier } from './catalog.js';
import { changesOf, isBelieved, knownFromOf } from './known-time.js';

/** A price book made ready for rating. Times are UTC epoch ms. */
export interface OpenBook {
  /** The last change of the book that was made by then; 0 = none. */
  knownAt(knownAtMs: number): number;
  /** The catalog in force at a time, as known then; null = before the first. */
  catalogAt(atMs: number, knownAt: number): Catalog | null;
  /**
   * The overrides in force for a call, as known then, for the first of `models` that has any: the one for its service tier,
   * then the one for every tier. @param tier null = one of which nothing is known
   */
  overridesAt(
    call: Pick<UsageEvent, 'projectId' | 'provider' | 'startedAt'>,
    models: readonly string[],
    tier: ServiceTier | null,
    knownAt: number,
  ): readonly PriceOverride[];
  /** What a unit of a currency is worth to a project at a time, as known then; null = nobody has said so. */
  usdPerUnitAt(projectId: string, currency: string, atMs: number, knownAt: number): string | null;
}

const opened = new WeakMap<PriceBook, OpenBook>();

/** Opens a book once; the same object is answered from memory. A book is never changed after it was read. */
export function openBook(book: PriceBook): OpenBook {
  let open = opened.get(book);
  if (!open) {
    open = prepare(book);
    opened.set(book, open);
  }
  return open;
}

type Override = PriceOverride & { readonly knownFrom: number };

function prepare(book: PriceBook): OpenBook {
  const changes = changesOf(book);
  const catalogs = [...book.versions].sort(newestFirst).map((version) => ({
    ...{ from: version.effectiveFrom, knownFrom: knownFromOf(version), knownUntil: null },
    get: lazily(() => openVersion(version, book.vendors)),
  }));
  const overrides = Map.groupBy(
    book.overrides.map((one): Override => ({ ...one, knownFrom: one.knownFrom ?? one.from })).sort(overriddenLastFirst),
    ({ projectId, provider, model }) => key(projectId, provider, model),
  );
  const exchangeRates = Map.groupBy([...book.exchangeRates].sort(beganLastFirst), ({ projectId, currency }) =>
    key(projectId, currency),
  );
  return {
    knownAt: (knownAtMs) => changes.findLast((time) => time <= knownAtMs) ?? 0,
    catalogAt: (atMs, knownAt) => catalogs.find((one) => one.from <= atMs && isBelieved(one, knownAt))?.get() ?? null,
    overridesAt({ projectId, provider, startedAt: atMs }, models, tier, knownAt) {
      if (overrides.size === 0) return NONE;
      for (const model of models) {
        const inForce = overrides
          .get(key(projectId, provider, model))
          ?.filter((one) => one.from <= atMs && (one.until === null || atMs < one.until) && isBelieved(one, knownAt));
        const found = [newest(inForce, tier), newest(inForce, null)].filter((one) => one !== undefined);
        if (found.length > 0) return found;
      }
      return NONE;
    },
    usdPerUnitAt: (projectId, currency, atMs, knownAt) =>
      exchangeRates.get(key(projectId, currency))?.find((one) => one.from <= atMs && isBelieved(one, knownAt))
        ?.usdPerUnit ?? null,
  };
}

const NONE: readonly PriceOverride[] = [];

/** The newest one for exactly that tier; null = for every tier. */
function newest(overrides: readonly Override[] | undefined, tier: ServiceTier | null): Override | undefined {
  return overrides?.find(({ serviceTier }) => serviceTier === tier);
}

/** An order that does not depend on the one of the rows. */
function newestFirst(a: PriceVersion, b: PriceVersion): number {
  return b.effectiveFrom - a.effectiveFrom || knownFromOf(b) - knownFromOf(a) || (a.id < b.id ? 1 : -1);
}

/** Books stored before known times were told may hold several that are in force. */
function overriddenLastFirst(a: Override, b: Override): number {
  return b.from - a.from || b.knownFrom - a.knownFrom || (a.id < b.id ? 1 : -1);
}

function beganLastFirst(a: ExchangeRate, b: ExchangeRate): number {
  return b.from - a.from || b.knownFrom - a.knownFrom;
}

const catalogs = new WeakMap<PriceVersion, { readonly vendors: PriceBook['vendors']; readonly catalog: Catalog }>();

/** Books that differ in their overrides alone share their versions, and opening one compiles every rule in it. */
function openVersion(version: PriceVersion, vendors: PriceBook['vendors']): Catalog {
  const known = catalogs.get(version);
  if (known?.vendors === vendors) return known.catalog;
  const catalog = openCatalog(version, vendors);
  catalogs.set(version, { vendors, catalog });
  return catalog;
}

function lazily<T>(make: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= make());
}

function key(...parts: readonly string[]): string {
  return parts.join('\n');
}
