export { type Catalog, type CatalogModel, type CatalogRate, openCatalog, type ServiceTier } from './catalog.js';
export { type CatalogDocument, hashOf, parseCatalog, versionIdOf } from './document.js';
export { toUsd } from './exchange.js';
export { type Addition, additions } from './import/additions.js';
export { type Built, buildCatalog } from './import/build.js';
export { families } from './import/families.js';
export { type GenaiPrices, importGenaiPrices } from './import/genai-prices.js';
export type { Listing, ListSource } from './import/listing.js';
export type { Disagreement } from './import/merge.js';
export { importPiAi, PI_AI_VENDORS } from './import/pi-ai.js';
export { type NearestKnown, nearestKnown, type UnpricedUse } from './nearest.js';
export { expectsUsage } from './not-billed.js';
export { rate } from './rate.js';
export {
  LINE_RULES,
  type LineBucket,
  type LineRule,
  type Part,
  RATING_REASONS,
  RATING_STATUSES,
  type Rating,
  type RatingLine,
  type RatingReason,
  type RatingStatus,
} from './rating.js';
export { type Review, reviewCatalog } from './review.js';
export { shippedCatalog } from './shipped.js';
export { STAND_INS, type StandIn } from './stand-ins.js';
export { type Bitemporal, type Superseded, supersede } from './supersede.js';
export { CATALOG_VENDORS } from './vendors.js';
