import { toScaled } from '../../../../decimal';
import { BUCKETS, type Bucket } from './buckets';

/** What stands in the five fields, as typed. Blank = as in the catalog. */
export type OverrideDraft = Readonly<Record<Bucket, string>>;

export interface CardBucket {
  readonly bucket: string;
  readonly catalogUsdPerMillion: string | null;
  readonly overrideUsdPerMillion: string | null;
}

/** How a bucket is priced with what was typed. */
export type RateKind = 'catalog' | 'free' | 'custom';

const RATE = /^(\d{1,7}(\.\d{0,6})?|\.\d{1,6})$/;
const HIGHEST = toScaled('1000000');

export function draftOf(buckets: readonly CardBucket[]): OverrideDraft {
  const entries = BUCKETS.map((bucket) => [
    bucket,
    buckets.find((entry) => entry.bucket === bucket)?.overrideUsdPerMillion ?? '',
  ]);
  return Object.fromEntries(entries) as OverrideDraft;
}

/** `kindOf('')` is the catalog's rate, `0` and `0.00` are free on purpose. */
export function kindOf(typed: string): RateKind {
  const text = typed.trim();
  if (text === '') return 'catalog';
  return RATE.test(text) && toScaled(plain(text)) === 0n ? 'free' : 'custom';
}

/** What is wrong with one field; null = it may be saved. */
export function rateProblem(typed: string): string | null {
  const text = typed.trim();
  if (text === '') return null;
  if (/^-/.test(text)) return 'A rate is 0 (free) or more.';
  if (/^[$€]|usd$/i.test(text)) return 'Enter the number alone; it is in dollars.';
  if (/,/.test(text)) return 'Write the decimals after a point, without separators.';
  if (/^\d*\.\d{7,}$/.test(text)) return 'Use at most 6 decimal places.';
  if (!RATE.test(text) && !/^\d{8,}$/.test(text)) return 'Enter dollars per 1M tokens, for example 2.5.';
  return /^\d{8,}$/.test(text) || toScaled(plain(text)) > HIGHEST
    ? 'A rate is at most $1,000,000 per 1M tokens.'
    : null;
}

/** The override as it is sent: blank fields are left out. Null while a field is wrong. */
export function ratesOf(draft: OverrideDraft): { bucket: Bucket; usdPerMillion: string }[] | null {
  if (BUCKETS.some((bucket) => rateProblem(draft[bucket]) !== null)) return null;
  return BUCKETS.filter((bucket) => draft[bucket].trim() !== '').map((bucket) => ({
    bucket,
    usdPerMillion: plain(draft[bucket].trim()),
  }));
}

export function isChanged(draft: OverrideDraft, buckets: readonly CardBucket[]): boolean {
  const stored = draftOf(buckets);
  return BUCKETS.some((bucket) => {
    const [now, before] = [draft[bucket].trim(), stored[bucket]];
    if (now === '' || before === '') return now !== before;
    return rateProblem(now) !== null || toScaled(plain(now)) !== toScaled(before);
  });
}

/** `.5` and `2.` as the decimals they mean. */
function plain(text: string): string {
  return text.replace(/^\./, '0.').replace(/\.$/, '');
}
