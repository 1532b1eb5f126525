import { createHash } from 'node:crypto';
import { catalogEntry, WeirError } from '@weir/contracts';
import { z } from 'zod';
import { compileMatch } from './match.js';

/** A catalog as it is written down and sent about. */
const catalogDocument = z.object({
  format: z.literal(1),
  /** Day it was put together, `YYYY-MM-DD`. */
  asOf: z.iso.date(),
  sources: z.array(
    z.object({ name: z.string(), version: z.string(), asOf: z.string().nullable(), licence: z.string().nullable() }),
  ),
  entries: z.array(catalogEntry).min(1),
});
export type CatalogDocument = z.infer<typeof catalogDocument>;

/** @throws WeirError `CATALOG_REJECTED` naming where it differs from what is expected, without quoting it */
export function parseCatalog(json: unknown): CatalogDocument {
  const parsed = catalogDocument.safeParse(json);
  if (parsed.success) {
    checkRules(parsed.data);
    return parsed.data;
  }
  const where = parsed.error.issues.slice(0, 5).map(({ path, code }) => `${path.join('.')}: ${code}`);
  throw new WeirError('CATALOG_REJECTED', `the catalog has another shape (${where.join('; ')})`);
}

/** A rule that cannot be compiled would be found out about by the first call that meets it. */
function checkRules({ entries }: CatalogDocument): void {
  for (const { vendor, model, match } of entries) {
    try {
      if (match) compileMatch(match);
    } catch (cause) {
      throw new WeirError('CATALOG_REJECTED', `the rule of ${vendor} ${model} is no regular expression`, { cause });
    }
  }
}

/** SHA-256 of the entries, hex: two catalogs with the same one say the same. */
export function hashOf(entries: CatalogDocument['entries']): string {
  return createHash('sha256')
    .update(JSON.stringify(entries.map(sorted)))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]));
}

/** Name of the price version that these entries are. */
export function versionIdOf({ asOf, entries }: Pick<CatalogDocument, 'asOf' | 'entries'>): string {
  return `catalog-${asOf}-${hashOf(entries).slice(0, 8)}`;
}
