import { baseRate, type CatalogModel } from './rates';

interface ModelUsage {
  readonly calls: number;
  readonly unpricedCalls: number;
  readonly spend: string;
}

export interface ModelRow {
  readonly id: string;
  readonly contextTokens: number | null;
  readonly inputRate: string | null;
  readonly cachedRate: string | null;
  readonly outputRate: string | null;
  /** null = could not be read; a model without calls has a usage of zero. */
  readonly usage: ModelUsage | null;
}

const NO_CALLS: ModelUsage = { calls: 0, unpricedCalls: 0, spend: '0' };

/** The models of a provider, with those that were called although they are not listed (any more). */
export function modelRows(
  listed: readonly string[],
  catalog: ReadonlyMap<string, CatalogModel>,
  breakdown: readonly { readonly key: string; readonly totals: ModelUsage }[] | undefined,
): ModelRow[] {
  const usageOf = new Map(breakdown?.filter(({ key }) => key !== '').map(({ key, totals }) => [key, totals]));
  return [...new Set([...listed, ...usageOf.keys()])].map((id) => {
    const model = catalog.get(id);
    return {
      id,
      contextTokens: model?.contextTokens ?? null,
      inputRate: baseRate(model, 'input'),
      cachedRate: baseRate(model, 'cached_input'),
      outputRate: baseRate(model, 'output'),
      usage: breakdown === undefined ? null : (usageOf.get(id) ?? NO_CALLS),
    };
  });
}
