import { formatUsd, OVERRIDABLE_BUCKETS, type PriceOverride, parseUsd } from '@weir/contracts';
import { InputError } from '../platform/errors.js';
import type { BucketRateInput } from './rate-card.inputs.js';

export type OverrideRates = PriceOverride['rates'];
type OverridableBucket = keyof OverrideRates;

/** A dollar a token; nothing sold comes near it. */
const MAX_USD_PER_MILLION = '1000000';
const RATE = /^\d{1,7}(\.\d{1,6})?$/;
const MAX_MODEL_CHARACTERS = 255;

/** Rates by bucket, blank ones left out. @throws InputError on `rates.<bucket>` */
export function parseRates(inputs: readonly BucketRateInput[]): OverrideRates {
  const rates: OverrideRates = {};
  const seen = new Set<string>();
  for (const { bucket, usdPerMillion } of inputs) {
    const field = `rates.${bucket.slice(0, 63)}`;
    if (!isOverridable(bucket)) {
      const known = OVERRIDABLE_BUCKETS.join(', ');
      throw new InputError('BUCKET_UNKNOWN', `There is no such bucket. Choose from ${known}.`, field);
    }
    if (seen.has(bucket)) throw new InputError('BUCKET_TWICE', 'Name each bucket once.', field);
    seen.add(bucket);
    const text = usdPerMillion.trim();
    if (text !== '') rates[bucket] = parseRate(text, field);
  }
  return rates;
}

/** @throws InputError on `model` */
export function parseModel(raw: string): string {
  const model = raw.trim();
  if (model !== '' && model.length <= MAX_MODEL_CHARACTERS) return model;
  throw new InputError('MODEL_INVALID', `A model id has 1 to ${MAX_MODEL_CHARACTERS} characters.`, 'model');
}

function parseRate(text: string, field: string): string {
  if (text.startsWith('-')) throw new InputError('RATE_NEGATIVE', 'A rate is 0 (free) or more.', field);
  if (!RATE.test(text) && !/^\d+(\.\d{1,6})?$/.test(text)) {
    throw new InputError(
      'RATE_INVALID',
      'Enter dollars per 1M tokens such as 2.5, with at most 6 decimal places.',
      field,
    );
  }
  if (!RATE.test(text) || parseUsd(text) > parseUsd(MAX_USD_PER_MILLION)) {
    throw new InputError('RATE_TOO_HIGH', `A rate is at most ${MAX_USD_PER_MILLION} dollars per 1M tokens.`, field);
  }
  return formatUsd(parseUsd(text));
}

function isOverridable(bucket: string): bucket is OverridableBucket {
  return (OVERRIDABLE_BUCKETS as readonly string[]).includes(bucket);
}
