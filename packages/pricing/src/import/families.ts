import { type CatalogEntry, matchRule } from '@weir/contracts';
import { z } from 'zod';
import { compileMatch } from '../match.js';

export const families = z.array(z.strictObject({ match: matchRule, family: z.string() }));

/** Names the family of each model by the first rule that fits; none where no rule does. */
export function withFamilies(entries: readonly CatalogEntry[], rules: z.infer<typeof families>): CatalogEntry[] {
  const compiled = rules.map(({ match, family }) => ({ matches: compileMatch(match), family }));
  return entries.map((entry) => ({
    ...entry,
    family: entry.family ?? compiled.find(({ matches }) => matches(entry.model.toLowerCase()))?.family ?? null,
  }));
}
