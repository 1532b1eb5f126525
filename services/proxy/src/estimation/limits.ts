import type { ProviderType } from '@weir/contracts';
import { CATALOG_VENDORS, openCatalog, shippedCatalog } from '@weir/pricing';

export interface ModelLimits {
  /** null: not published. */
  readonly contextTokens: number | null;
  readonly maxOutputTokens: number | null;
}

const UNKNOWN: ModelLimits = { contextTokens: null, maxOutputTokens: null };
let catalog: ReturnType<typeof openCatalog> | null = null;

/** What a model can read and write at most, as published with this build. Reads the catalog the first time. */
export function limitsOf(type: ProviderType, model: string | null): ModelLimits {
  if (model === null) return UNKNOWN;
  catalog ??= openShipped();
  const entry = catalog.find(type, model, Date.now())?.entry;
  return entry === undefined ? UNKNOWN : { contextTokens: entry.contextTokens, maxOutputTokens: entry.maxOutputTokens };
}

function openShipped(): ReturnType<typeof openCatalog> {
  const { entries } = shippedCatalog();
  const version = { id: 'shipped', source: 'shipped', sourceVersion: '', effectiveFrom: 0, entries };
  return openCatalog(version, CATALOG_VENDORS);
}
