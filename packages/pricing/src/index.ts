export { type Catalog, type CatalogModel, type CatalogRate, openCatalog } from './catalog.js';
export { importCatalog, SOURCE, SOURCE_VERSION } from './import/genai-prices.js';
export { rate } from './rate.js';
export type {
  LineBucket,
  LineRule,
  Part,
  Rating,
  RatingLine,
  RatingReason,
  RatingStatus,
} from './rating.js';
export { CATALOG_VENDORS } from './vendors.js';
