import { readFileSync } from 'node:fs';
import { type CatalogDocument, parseCatalog } from './document.js';

const FILE = new URL('../data/catalog.json', import.meta.url);
let shipped: CatalogDocument | undefined;

/** The catalog this build carries, made by `npm run catalog:update`. Read once. */
export function shippedCatalog(): CatalogDocument {
  shipped ??= parseCatalog(JSON.parse(readFileSync(FILE, 'utf8')));
  return shipped;
}
