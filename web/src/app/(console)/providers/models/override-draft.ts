import { fromScaled, toScaled } from '../../../../decimal';
import { ALL_BUCKETS, type Bucket, isByPiece } from './buckets';

/** What stands in the fields, as typed: for 1M tokens, or for 1,000 pieces. Blank = as in the catalog. */
export type OverrideDraft = Readonly<Record<Bucket, string>>;

export interface BucketRate {
  readonly bucket: string;
  /** For 1M of the bucket's unit, in the currency of the override. */
  readonly perMillion: string;
}

/** How a bucket is priced with what was typed. */
export type RateKind = 'catalog' | 'free' | 'custom';

const PIECES_PER_FIELD = 1_000n;
const FIELDS_PER_MILLION = 1_000n;
const TOKEN_RATE = { pattern: /^(\d{1,7}(\.\d{0,6})?|\.\d{1,6})$/, places: 6, highest: toScaled('1000000') };
/** A fee of a hundred thousand a piece, in whatever currency. */
const PIECE_RATE = { pattern: /^(\d{1,9}(\.\d{0,9})?|\.\d{1,9})$/, places: 9, highest: toScaled('100000000') };

const rulesOf = (bucket: Bucket) => (isByPiece(bucket) ? PIECE_RATE : TOKEN_RATE);

/** What a field of the bucket shows for a stored rate. */
export function fieldRate(bucket: string, perMillion: string): string {
  return isByPiece(bucket) ? fromScaled(toScaled(perMillion) / FIELDS_PER_MILLION) : perMillion;
}

export function draftOf(rates: readonly BucketRate[]): OverrideDraft {
  const entries = ALL_BUCKETS.map((bucket) => {
    const stored = rates.find((entry) => entry.bucket === bucket);
    return [bucket, stored ? fieldRate(bucket, stored.perMillion) : ''];
  });
  return Object.fromEntries(entries) as OverrideDraft;
}

/** `kindOf('')` is the catalog's rate, `0` and `0.00` are free on purpose. */
export function kindOf(typed: string): RateKind {
  const text = typed.trim();
  if (text === '') return 'catalog';
  return PIECE_RATE.pattern.test(text) && toScaled(plain(text)) === 0n ? 'free' : 'custom';
}

/** What is wrong with one field; null = it may be saved. */
export function rateProblem(typed: string, bucket: Bucket): string | null {
  const text = typed.trim();
  const { pattern, places, highest } = rulesOf(bucket);
  const unit = isByPiece(bucket) ? '1,000' : '1M tokens';
  if (text === '') return null;
  if (/^-/.test(text)) return 'A rate is 0 (free) or more.';
  if (/^\p{Sc}|\d\s*([a-z]{3}|\p{Sc})$/iu.test(text)) return 'Enter the number alone; the currency is chosen above.';
  if (/,/.test(text)) return 'Write the decimals after a point, without separators.';
  if (/^\d*\.\d+$/.test(text) && (text.split('.')[1] ?? '').length > places) {
    return `Use at most ${places} decimal places.`;
  }
  const isTooLong = /^\d{8,}(\.\d*)?$/.test(text) && !pattern.test(text);
  if (!pattern.test(text) && !isTooLong) return `Enter the price of ${unit}, for example 2.5.`;
  if (!isTooLong && toScaled(plain(text)) <= highest) return null;
  return isByPiece(bucket) ? 'A rate is at most 100,000,000 for 1,000.' : 'A rate is at most 1,000,000 for 1M tokens.';
}

/** The override as it is sent: blank fields are left out. Null while a field is wrong. */
export function ratesOf(draft: OverrideDraft): { bucket: Bucket; perMillion: string }[] | null {
  if (ALL_BUCKETS.some((bucket) => rateProblem(draft[bucket], bucket) !== null)) return null;
  return ALL_BUCKETS.filter((bucket) => draft[bucket].trim() !== '').map((bucket) => {
    const typed = plain(draft[bucket].trim());
    return { bucket, perMillion: isByPiece(bucket) ? fromScaled(toScaled(typed) * PIECES_PER_FIELD) : typed };
  });
}

/** An override as it is in force; without rates it is none. */
export interface StoredOverride {
  readonly currency: string;
  readonly from: string | null;
  readonly rates: readonly BucketRate[];
}

export const NO_OVERRIDE: StoredOverride = { currency: 'USD', from: null, rates: [] };

interface WantedOverride {
  readonly draft: OverrideDraft;
  readonly currency: string;
  /** null = from now on. */
  readonly validFrom: Date | null;
}

/** Whether saving would make anything cost something else: another rate, another currency, or the same ones for longer. */
export function isChanged({ draft, currency, validFrom }: WantedOverride, stored: StoredOverride): boolean {
  const before = draftOf(stored.rates);
  const isOther = (bucket: Bucket) => {
    const [now, then] = [draft[bucket].trim(), before[bucket]];
    if (now === '' || then === '') return now !== then;
    return rateProblem(now, bucket) !== null || toScaled(plain(now)) !== toScaled(then);
  };
  if (ALL_BUCKETS.some(isOther)) return true;
  if (stored.rates.length === 0) return false;
  if (currency !== stored.currency) return true;
  return validFrom !== null && stored.from !== null && validFrom < new Date(stored.from);
}

/** `.5` and `2.` as the decimals they mean. */
function plain(text: string): string {
  return text.replace(/^\./, '0.').replace(/\.$/, '');
}
