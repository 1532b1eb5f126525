import { type CatalogEntry, catalogEntry } from '@weir/contracts';
import type { z } from 'zod';
import { type Addition, add } from './additions.js';
import { type families, withFamilies } from './families.js';
import type { Listing } from './listing.js';
import { type Disagreement, merge } from './merge.js';

export interface Parts {
  /** In order of preference. */
  readonly listings: readonly Listing[];
  readonly additions: readonly Addition[];
  readonly families: z.infer<typeof families>;
}

export interface Built {
  readonly entries: CatalogEntry[];
  readonly disagreements: readonly Disagreement[];
}

/** Puts a catalog together. Pure: the same parts give the same entries in the same order. @throws ZodError */
export function buildCatalog({ listings: [first, ...others], additions, families }: Parts): Built {
  const disagreements: Disagreement[] = [];
  let entries: readonly CatalogEntry[] = first?.entries ?? [];
  for (const other of others) {
    const merged = merge(entries, other);
    entries = merged.entries;
    disagreements.push(...merged.disagreements);
  }
  const complete = withFamilies(add(entries, additions), families).map(withProfile);
  return { entries: complete.map((entry) => catalogEntry.parse(entry)), disagreements };
}

const PROFILE = /^(global|us-gov|us|eu|apac|au|jp|ca|sa|regional)\./;

/** Bedrock: the geography in front of the id decides the price. */
function withProfile(entry: CatalogEntry): CatalogEntry {
  const profile = entry.vendor === 'aws' ? (PROFILE.exec(entry.model)?.[1] ?? null) : null;
  return { ...entry, profile };
}
