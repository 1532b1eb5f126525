import type { PriceBook, PriceOverride, PriceVersion } from '@weir/contracts';
import { type Catalog, openCatalog } from './catalog.js';

/** A price book made ready for rating. */
export interface OpenBook {
  readonly version: number;
  /** The catalog in force at a time; null = before the first. */
  catalogAt(atMs: number): Catalog | null;
  /** The override in force, for the first of `models` that has one. */
  overrideAt(projectId: string, provider: string, models: readonly string[], atMs: number): PriceOverride | null;
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

function prepare(book: PriceBook): OpenBook {
  const catalogs = [...book.versions]
    .sort((a, b) => b.effectiveFrom - a.effectiveFrom)
    .map((version) => lazily(() => openVersion(version, book.vendors), version.effectiveFrom));
  const overrides = Map.groupBy(book.overrides, ({ projectId, provider, model }) => key(projectId, provider, model));
  return {
    version: book.version,
    catalogAt: (atMs) => catalogs.find(({ from }) => from <= atMs)?.get() ?? null,
    overrideAt(projectId, provider, models, atMs) {
      for (const model of models) {
        const inForce = overrides
          .get(key(projectId, provider, model))
          ?.filter(({ from, until }) => from <= atMs && (until === null || atMs < until));
        if (inForce?.length) return inForce.reduce((newest, one) => (one.from >= newest.from ? one : newest));
      }
      return null;
    },
  };
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

function lazily<T>(make: () => T, from: number): { from: number; get(): T } {
  let value: T | undefined;
  return { from, get: () => (value ??= make()) };
}

function key(projectId: string, provider: string, model: string): string {
  return `${projectId}\n${provider}\n${model}`;
}
