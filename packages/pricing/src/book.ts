import type { PriceBook, PriceOverride, PriceVersion } from '@weir/contracts';
import { type Catalog, openCatalog } from './catalog.js';
import { changesOf, isBelieved, knownFromOf } from './known-time.js';

/** A price book made ready for rating. Times are UTC epoch ms. */
export interface OpenBook {
  readonly version: number;
  /** The last change of the book that was made by then; 0 = none. */
  knownAt(knownAtMs: number): number;
  /** The catalog in force at a time, as known then; null = before the first. */
  catalogAt(atMs: number, knownAt: number): Catalog | null;
  /** The override in force, as known then, for the first of `models` that has one. */
  overrideAt(
    projectId: string,
    provider: string,
    models: readonly string[],
    atMs: number,
    knownAt: number,
  ): PriceOverride | null;
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
    book.overrides.map((one): Override => ({ ...one, knownFrom: one.knownFrom ?? one.from })),
    ({ projectId, provider, model }) => key(projectId, provider, model),
  );
  return {
    version: book.version,
    knownAt: (knownAtMs) => changes.findLast((time) => time <= knownAtMs) ?? 0,
    catalogAt: (atMs, knownAt) => catalogs.find((one) => one.from <= atMs && isBelieved(one, knownAt))?.get() ?? null,
    overrideAt(projectId, provider, models, atMs, knownAt) {
      for (const model of models) {
        const inForce = overrides
          .get(key(projectId, provider, model))
          ?.filter((one) => one.from <= atMs && (one.until === null || atMs < one.until) && isBelieved(one, knownAt));
        if (inForce?.length) return inForce.reduce((newest, one) => (isNewer(one, newest) ? one : newest));
      }
      return null;
    },
  };
}

/** An order that does not depend on the one of the rows. */
function newestFirst(a: PriceVersion, b: PriceVersion): number {
  return b.effectiveFrom - a.effectiveFrom || knownFromOf(b) - knownFromOf(a) || (a.id < b.id ? 1 : -1);
}

/** Books stored before known times were told may hold several that are in force. */
function isNewer(a: Override, b: Override): boolean {
  if (a.from !== b.from) return a.from > b.from;
  return a.knownFrom === b.knownFrom ? a.id > b.id : a.knownFrom > b.knownFrom;
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

function key(projectId: string, provider: string, model: string): string {
  return `${projectId}\n${provider}\n${model}`;
}
