import { BUCKETS, type CatalogEntry, type PicoUsd, parseUsd, SPECIAL_TIERS } from '@weir/contracts';

/** What a newer catalog does to the one in force. */
export interface Review {
  readonly added: number;
  readonly dropped: number;
  readonly changed: number;
  /** Why a person should look before it counts, one sentence each; empty = nothing out of the ordinary. */
  readonly notices: readonly string[];
}

const MAX_DROPPED_PERCENT = 20;
const MAX_FACTOR = 5n;
const MAX_NAMED = 20;

/**
 * Compares model by model. Entries are told apart by vendor, model and the time from which they hold, and a correction from
 * what it corrects by their order.
 */
export function reviewCatalog(before: readonly CatalogEntry[], after: readonly CatalogEntry[]): Review {
  const [known, next] = [byKey(before), byKey(after)];
  const dropped = [...known.keys()].filter((key) => !next.has(key)).length;
  const leaps: string[] = [];
  let changed = 0;
  for (const [key, entry] of known) {
    const other = next.get(key);
    if (!other || JSON.stringify(ratesOf(entry)) === JSON.stringify(ratesOf(other))) continue;
    changed++;
    leaps.push(...leapsOf(entry, other));
  }
  const notices = [...leaps.slice(0, MAX_NAMED)];
  if (leaps.length > MAX_NAMED) notices.push(`${leaps.length - MAX_NAMED} more rates change by more than 5 times.`);
  if (dropped * 100 > known.size * MAX_DROPPED_PERCENT) {
    notices.unshift(`${dropped} of ${known.size} entries are gone, which is more than ${MAX_DROPPED_PERCENT} %.`);
  }
  const added = [...next.keys()].filter((key) => !known.has(key)).length;
  return { added, dropped, changed, notices };
}

function byKey(entries: readonly CatalogEntry[]): ReadonlyMap<string, CatalogEntry> {
  const groups = [...Map.groupBy(entries, keyOf)];
  return new Map(groups.flatMap(([key, same]) => same.map((entry, index) => [`${key}\n${index}`, entry] as const)));
}

const keyOf = ({ vendor, model, from, daily }: CatalogEntry) =>
  `${vendor}\n${model}\n${from ?? ''}\n${daily ? `${daily.from}-${daily.until}` : ''}`;

const ratesOf = ({ rates, serviceTiers }: CatalogEntry) => [
  ['default', rates] as const,
  ...SPECIAL_TIERS.map((tier) => [tier, serviceTiers[tier] ?? {}] as const),
];

function leapsOf(before: CatalogEntry, after: CatalogEntry): string[] {
  const next = new Map(ratesOf(after));
  return ratesOf(before).flatMap(([tier, rates]) =>
    BUCKETS.flatMap((bucket) => {
      const [was, is] = [rates[bucket]?.[0]?.usdPerMillion, next.get(tier)?.[bucket]?.[0]?.usdPerMillion];
      if (was === undefined || is === undefined || !isLeap(parseUsd(was), parseUsd(is))) return [];
      const where = tier === 'default' ? bucket : `${bucket} (${tier})`;
      return [`${before.vendor} ${before.model}: ${where} goes from ${was} to ${is} USD per 1M.`];
    }),
  );
}

function isLeap(was: PicoUsd, is: PicoUsd): boolean {
  if (was === 0n || is === 0n) return was !== is;
  return is > was * MAX_FACTOR || was > is * MAX_FACTOR;
}
