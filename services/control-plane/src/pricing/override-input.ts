import {
  formatUsd,
  OVERRIDABLE_BUCKETS,
  type OverrideTier,
  overrideTier,
  PIECE_BUCKETS,
  type PriceOverride,
  parseUsd,
  USD,
} from '@weir/contracts';
import { InputError } from '../platform/errors.js';
import type { BucketRateInput } from './rate-card.inputs.js';

export type OverrideRates = PriceOverride['rates'];
type OverridableBucket = keyof OverrideRates;

/** A unit of money a token; nothing sold comes near it, in whatever currency. */
const MAX_PER_MILLION = '1000000';
/** A fee for a call or a search is dollars a piece, and currencies differ by thousands. */
const MAX_PER_MILLION_PIECES = '100000000000';
const RATE = /^\d{1,12}(\.\d{1,6})?$/;
const MAX_MODEL_CHARACTERS = 255;
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Rates by bucket, blank ones left out. @throws InputError on `rates.<bucket>` */
export function parseRates(inputs: readonly BucketRateInput[]): OverrideRates {
  const rates: OverrideRates = {};
  const seen = new Set<string>();
  for (const { bucket, perMillion, usdPerMillion } of inputs) {
    const field = `rates.${bucket.slice(0, 63)}`;
    if (!isOverridable(bucket)) {
      const known = OVERRIDABLE_BUCKETS.join(', ');
      throw new InputError('BUCKET_UNKNOWN', `There is no such bucket. Choose from ${known}.`, field);
    }
    if (seen.has(bucket)) throw new InputError('BUCKET_TWICE', 'Name each bucket once.', field);
    seen.add(bucket);
    const text = (perMillion ?? usdPerMillion ?? '').trim();
    if (text !== '') rates[bucket] = parseRate(text, field, PIECES.has(bucket));
  }
  return rates;
}

/** @throws InputError on `model` */
export function parseModel(raw: string): string {
  const model = raw.trim();
  if (model !== '' && model.length <= MAX_MODEL_CHARACTERS) return model;
  throw new InputError('MODEL_INVALID', `A model id has 1 to ${MAX_MODEL_CHARACTERS} characters.`, 'model');
}

/** null = every tier. @throws InputError on `serviceTier` */
export function parseTier(raw: string | null | undefined): OverrideTier | null {
  if (raw == null || raw.trim() === '') return null;
  const parsed = overrideTier.safeParse(raw.trim().toLowerCase());
  if (parsed.success) return parsed.data;
  const known = overrideTier.options.join(', ');
  throw new InputError('SERVICE_TIER_UNKNOWN', `There is no such service tier. Choose from ${known}.`, 'serviceTier');
}

/** Dollars where none is named. @throws InputError on `currency` */
export function parseCurrency(raw: string | null | undefined): string {
  const currency = (raw ?? USD).trim().toUpperCase();
  if (CURRENCIES.has(currency)) return currency;
  throw new InputError('CURRENCY_UNKNOWN', 'Name a currency by its three letters, such as EUR.', 'currency');
}

const PIECES: ReadonlySet<string> = new Set(PIECE_BUCKETS);

function parseRate(text: string, field: string, isByPiece: boolean): string {
  if (text.startsWith('-')) throw new InputError('RATE_NEGATIVE', 'A rate is 0 (free) or more.', field);
  if (!/^\d+(\.\d{1,6})?$/.test(text)) {
    throw new InputError('RATE_INVALID', 'Enter the price of 1M such as 2.5, with at most 6 decimal places.', field);
  }
  const max = isByPiece ? MAX_PER_MILLION_PIECES : MAX_PER_MILLION;
  if (!RATE.test(text) || parseUsd(text) > parseUsd(max)) {
    throw new InputError('RATE_TOO_HIGH', `A rate is at most ${max} for 1M.`, field);
  }
  return formatUsd(parseUsd(text));
}

function isOverridable(bucket: string): bucket is OverridableBucket {
  return (OVERRIDABLE_BUCKETS as readonly string[]).includes(bucket);
}
