import type { BucketRates, CatalogEntry } from '@weir/contracts';
import { compileMatch, withSpelledDate } from '../match.js';
import type { Listing } from './listing.js';

/** Two lists that name different prices for one model. */
export interface Disagreement {
  readonly vendor: string;
  readonly model: string;
  /** `USD per 1M input / output` of each, and whose is used. */
  readonly preferred: string;
  readonly other: string;
  readonly used: string;
}

export interface Merged {
  readonly entries: CatalogEntry[];
  readonly disagreements: Disagreement[];
}

/**
 * Adds `other` to `preferred`. An id that the preferred list names keeps that list's prices; one that it only covers by a
 * rule gets an entry of its own, with the rule's prices where both agree and those of the list that names it where they
 * do not. Bedrock ids without a geography are the exception: the other list gives them the price of the global profile,
 * which is not what a single region costs (https://aws.amazon.com/bedrock/pricing/).
 */
export function merge(preferred: readonly CatalogEntry[], other: Listing): Merged {
  const vendors = new Map([...Map.groupBy(preferred, ({ vendor }) => vendor)].map(([id, own]) => [id, finderOf(own)]));
  const entries = [...preferred];
  const disagreements: Disagreement[] = [];
  const described = new Map<string, CatalogEntry>();
  const seen = new Set<string>();
  for (const entry of other.entries) {
    const key = `${entry.vendor}\n${entry.model.toLowerCase()}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const found = vendors.get(entry.vendor)?.(entry.model) ?? null;
    if (!found) {
      entries.push(entry);
      continue;
    }
    const now = found.entries.at(-1) as CatalogEntry;
    const isSame = baseOf(now.rates) === baseOf(entry.rates);
    const isRuleTrusted = found.isExact || isSame || isBareBedrock(entry);
    if (!isSame) {
      const used = (isRuleTrusted ? now : entry).provenance?.source ?? '';
      disagreements.push({
        ...{ vendor: entry.vendor, model: entry.model, used },
        ...{ preferred: baseOf(now.rates), other: baseOf(entry.rates) },
      });
    }
    if (found.isExact) described.set(`${now.vendor}\n${now.model}`, entry);
    else if (isRuleTrusted)
      entries.push(...found.entries.map((own) => withDescription(named(own, entry.model), entry)));
    else entries.push(entry);
  }
  return {
    entries: entries.map((entry) => {
      const description = described.get(`${entry.vendor}\n${entry.model}`);
      return description && entry.match !== null ? withDescription(entry, description) : entry;
    }),
    disagreements,
  };
}

type Finder = (model: string) => { readonly entries: readonly CatalogEntry[]; readonly isExact: boolean } | null;

function finderOf(entries: readonly CatalogEntry[]): Finder {
  const byId = Map.groupBy(entries, ({ model }) => model.toLowerCase());
  const rules = [...byId].map(([id, own]) => ({ id, matches: own[0]?.match ? compileMatch(own[0].match) : null }));
  return (model) => {
    const id = model.toLowerCase();
    const exact = byId.get(id);
    if (exact) return { entries: exact, isExact: true };
    const rule =
      rules.find(({ matches }) => matches?.(id)) ?? rules.find(({ matches }) => matches?.(withSpelledDate(id)));
    return rule ? { entries: byId.get(rule.id) ?? [], isExact: false } : null;
  };
}

function isBareBedrock({ vendor, model }: CatalogEntry): boolean {
  return vendor === 'aws' && !/^(global|us|us-gov|eu|apac|au|jp|ca|sa|me|af)\./.test(model);
}

function named(entry: CatalogEntry, model: string): CatalogEntry {
  return { ...entry, model, match: null };
}

/** Prices are `entry`'s; what it does not say about the model itself is taken from `other`. */
function withDescription(entry: CatalogEntry, other: CatalogEntry): CatalogEntry {
  return {
    ...entry,
    displayName: entry.displayName ?? other.displayName,
    contextTokens: entry.contextTokens ?? other.contextTokens,
    maxOutputTokens: entry.maxOutputTokens ?? other.maxOutputTokens,
    capabilities: entry.capabilities.length > 0 ? entry.capabilities : other.capabilities,
  };
}

/** `3 / 15`: USD per 1M input and output tokens at the base tier. */
function baseOf({ input, output }: BucketRates): string {
  return `${input?.[0]?.usdPerMillion ?? '-'} / ${output?.[0]?.usdPerMillion ?? '-'}`;
}
