import type { PriceBook } from '@weir/contracts';

/**
 * Whose price list holds for a provider type, in order of preference. An OpenAI-compatible upstream has none: the same
 * model is sold by many vendors at different prices, and its name does not tell by whom. Its calls are priced by
 * overrides and stay unpriced without one.
 */
export const CATALOG_VENDORS: PriceBook['vendors'] = {
  openai: ['openai'],
  anthropic: ['anthropic'],
  openai_compatible: [],
};
