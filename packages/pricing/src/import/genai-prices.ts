import type { ConditionalPrice, MatchLogic, ModelInfo, ModelPrice, Provider } from '@pydantic/genai-prices';
import type { Bucket, CatalogEntry, MatchRule } from '@weir/contracts';
import { exactDecimal } from './decimal.js';
import { type Listing, type ListSource, provenanceOf, UNSTATED } from './listing.js';

/** What is used of the library, so that a newer one can be handed in. */
export interface GenaiPrices {
  findProvider(options: { providerId: string }): Provider | undefined;
}

interface Unit {
  readonly buckets: readonly Bucket[];
  /** Power of ten from the library's unit to USD per 1,000,000. */
  readonly shift: number;
}

/**
 * The library's price keys that have a bucket here; quantities under any other key have no rate and stay unpriced.
 * Its `cache_write` is the vendor's ordinary (shortest) time to live, so it also serves writes whose own is not known.
 */
const UNITS: Readonly<Record<string, Unit>> = {
  input_mtok: { buckets: ['input'], shift: 0 },
  output_mtok: { buckets: ['output'], shift: 0 },
  cache_read_mtok: { buckets: ['cached_input'], shift: 0 },
  cache_write_mtok: { buckets: ['cache_write_5m', 'cache_write_unknown'], shift: 0 },
  cache_write_1h_mtok: { buckets: ['cache_write_1h'], shift: 0 },
  input_audio_mtok: { buckets: ['audio_input'], shift: 0 },
  output_audio_mtok: { buckets: ['audio_output'], shift: 0 },
  cache_audio_read_mtok: { buckets: ['cached_audio_input'], shift: 0 },
  input_image_mtok: { buckets: ['image_input'], shift: 0 },
  output_image_mtok: { buckets: ['image_output'], shift: 0 },
  web_searches_kcount: { buckets: ['web_search'], shift: 3 },
  requests_kcount: { buckets: ['request'], shift: 3 },
};

/**
 * Keys that split a total we price as one. A model that has one would be priced wrongly, so its total has no rate:
 * perplexity's sonar-deep-research, whose reasoning is cheaper than its output.
 */
const SPLITS: Readonly<Record<string, string>> = {
  output_reasoning_mtok: 'output_mtok',
  output_citation_mtok: 'output_mtok',
};

/**
 * The library's prices as catalog entries.
 * @param vendors ids of its vendors; it can be asked for one by its id, but not for the list
 * @throws RangeError for an id it does not know
 */
export function importGenaiPrices(library: GenaiPrices, vendors: readonly string[], source: ListSource): Listing {
  const refused: string[] = [];
  const entries = vendors.flatMap((id) => {
    const found = library.findProvider({ providerId: id });
    if (found?.id !== id) throw new RangeError(`${source.name} has no vendor ${id}`);
    return found.models.flatMap((model) => {
      try {
        return entriesOf(found, model, source);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        refused.push(`${id} ${model.id}: ${error.message}`);
        return [];
      }
    });
  });
  return { source, entries, refused };
}

function entriesOf({ id: vendor, pricing_urls }: Provider, model: ModelInfo, source: ListSource): CatalogEntry[] {
  const prices: ConditionalPrice[] = Array.isArray(model.prices) ? model.prices : [{ prices: model.prices }];
  const starts = prices.map(({ constraint }) =>
    constraint?.type === 'start_date' ? Date.parse(`${constraint.start_date}T00:00:00Z`) : null,
  );
  return prices.map(({ constraint, prices: price }, index) => {
    const isDaily = constraint?.type === 'time_of_date';
    return {
      ...UNSTATED,
      capabilities: [],
      vendor,
      model: model.id,
      displayName: model.name ?? null,
      contextTokens: model.context_window ?? null,
      match: matchOf(model.match),
      from: starts[index] ?? null,
      until: isDaily ? null : (starts.slice(index + 1).find((start) => start !== null) ?? null),
      daily: isDaily ? { from: utcTime(constraint.start_time), until: utcTime(constraint.end_time) } : null,
      // Empty where the library lists a model without a price: it is known, and so is not taken for another one.
      rates: ratesOf(price),
      provenance: provenanceOf(source, pricing_urls?.[0] ?? null),
    };
  });
}

function ratesOf(price: ModelPrice): CatalogEntry['rates'] {
  const rates: CatalogEntry['rates'] = {};
  const split = new Set(Object.entries(SPLITS).flatMap(([key, total]) => (price[key] === undefined ? [] : total)));
  for (const [key, value] of Object.entries(price)) {
    const unit = UNITS[key];
    if (!unit || value === undefined || split.has(key)) continue;
    const steps = typeof value === 'number' ? { base: value, tiers: [] } : value;
    const tiers = [{ start: 0, price: steps.base }, ...steps.tiers]
      .sort((a, b) => a.start - b.start)
      .map((tier) => ({ above: tier.start, usdPerMillion: exactDecimal(tier.price, unit.shift) }));
    for (const bucket of unit.buckets) rates[bucket] = tiers;
  }
  return rates;
}

function matchOf(rule: MatchLogic): MatchRule {
  if ('or' in rule) return { or: rule.or.map(matchOf) };
  if ('and' in rule) return { and: rule.and.map(matchOf) };
  if ('equals' in rule) return { equals: rule.equals };
  if ('starts_with' in rule) return { startsWith: rule.starts_with };
  if ('ends_with' in rule) return { endsWith: rule.ends_with };
  if ('contains' in rule) return { contains: rule.contains };
  return { regex: rule.regex };
}

/** `00:30:00Z` -> `00:30:00`. @throws RangeError for a time in another zone */
function utcTime(text: string): string {
  const match = /^(\d{2}:\d{2}:\d{2})Z$/.exec(text);
  if (!match?.[1]) throw new RangeError(`not a UTC time of day: ${text}`);
  return match[1];
}
