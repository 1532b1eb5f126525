import type { CatalogEntry, Provenance } from '@weir/contracts';

/** Where a list of prices was taken from. */
export interface ListSource {
  /** Name of the package. */
  readonly name: string;
  readonly version: string;
  /** Day it was published, `YYYY-MM-DD`. */
  readonly asOf: string;
}

/** Prices of one list, in its own order: within a model, the last entry that holds wins. */
export interface Listing {
  readonly source: ListSource;
  readonly entries: readonly CatalogEntry[];
  /** What could not be taken over, one sentence each. */
  readonly refused: readonly string[];
}

export function provenanceOf({ name, version, asOf }: ListSource, url: string | null): Provenance {
  return { source: name, sourceVersion: version, url, asOf };
}

/** What an entry says where its list says nothing. */
export const UNSTATED = {
  displayName: null,
  contextTokens: null,
  match: null,
  from: null,
  until: null,
  daily: null,
  serviceTiers: {},
  placeRates: {},
  profile: null,
  family: null,
  maxOutputTokens: null,
  capabilities: [],
  addedFrom: {},
} as const satisfies Partial<CatalogEntry>;
