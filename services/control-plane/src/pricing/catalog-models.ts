import { BUCKETS, type CatalogEntry } from '@weir/contracts';

export interface ListedModel {
  readonly id: string;
  readonly displayName: string | null;
  readonly contextTokens: number | null;
  readonly rates: { bucket: string; usdPerMillion: string; above: number }[];
}

function holds({ from, until, daily }: CatalogEntry, at: Date): boolean {
  const timeOfDay = at.toISOString().slice(11, 19);
  const isToday = daily === null || isWithin(daily, timeOfDay);
  return (
    isToday && (from ?? Number.NEGATIVE_INFINITY) <= at.getTime() && at.getTime() < (until ?? Number.POSITIVE_INFINITY)
  );
}

/** A window may reach over midnight. */
function isWithin({ from, until }: { from: string; until: string }, time: string): boolean {
  return from <= until ? from <= time && time < until : from <= time || time < until;
}

function toListed({ model, displayName, contextTokens, rates }: CatalogEntry): ListedModel {
  const flat = BUCKETS.flatMap((bucket) =>
    (rates[bucket] ?? []).map(({ above, usdPerMillion }) => ({ bucket, usdPerMillion, above })),
  );
  return { id: model, displayName, contextTokens, rates: flat };
}

/** Models whose id or name holds `search`, with the rates in force `at` that time; of several entries the last wins. */
export function listModels(
  entries: readonly CatalogEntry[],
  vendors: readonly string[],
  search: string,
  at: Date,
  first: number,
): ListedModel[] {
  const wanted = search.trim().toLowerCase();
  const byId = new Map<string, CatalogEntry>();
  for (const vendor of vendors.toReversed()) {
    for (const entry of entries) {
      const names = `${entry.model}\n${entry.displayName ?? ''}`.toLowerCase();
      if (entry.vendor === vendor && names.includes(wanted) && holds(entry, at)) byId.set(entry.model, entry);
    }
  }
  return [...byId.values()]
    .sort((a, b) => (a.model < b.model ? -1 : 1))
    .slice(0, first)
    .map(toListed);
}
