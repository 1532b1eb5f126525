import type { UsageEvent } from '@weir/contracts';
import type { Catalog, CatalogModel } from './catalog.js';

/**
 * Names under which an override may be set for a call, the first before the others: the model that served, the one that was
 * asked for, the catalog's. The one asked for is left out where the catalog knows it for another model than the one that
 * served: a fallback costs what it costs, not what it stands in for.
 */
export function namesOf(
  { servedModel, requestedModel, providerType, startedAt }: UsageEvent,
  model: CatalogModel | null,
  catalog: Catalog | null,
): string[] {
  const asked =
    servedModel === null || requestedModel === null || providerType === null || model === null
      ? null
      : (catalog?.find(providerType, requestedModel, startedAt) ?? null);
  const isOther =
    asked !== null && asked.model !== model?.model && !isVersionOf(servedModel ?? '', requestedModel ?? '');
  return [servedModel, isOther ? null : requestedModel, model?.model ?? null].filter((name) => name !== null);
}

/** `gpt-4o-2024-08-06` of `gpt-4o`, `gemini-2.5-pro-preview-03-25` of `gemini-2.5-pro`; not `gpt-4o-mini`, not `claude-opus-4-1` of `claude-opus-4`. */
const VERSION = /^[-@:](?:\d{3,}|latest|preview|exp)(?![a-z])/;

function isVersionOf(served: string, asked: string): boolean {
  const alias = asked.toLowerCase().replace(/-latest$/, '');
  const name = served.toLowerCase();
  return name === alias || (name.startsWith(alias) && VERSION.test(name.slice(alias.length)));
}
