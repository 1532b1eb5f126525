import { day, exactTime } from '../../../format';
import { asWords, bucketLabel } from '../providers/models/buckets';
import type { Line, Origin } from './receipt';

const AT_INPUT: Readonly<Record<string, string>> = {
  cached_input: 'No cache rate is published: billed at the input rate.',
  cached_audio_input: 'No rate for cached audio is published: billed at the input rate.',
  cache_write_5m: 'No rate for cache writes is published: billed at the input rate.',
  cache_write_1h: 'No rate for 1-hour cache writes is published: billed at the input rate.',
  cache_write_unknown: 'No rate for cache writes is published: billed at the input rate.',
  tool_use_input: 'Tokens of tool use are billed as input.',
  audio_input: 'No audio rate is published: billed at the input rate.',
  image_input: 'No image rate is published: billed at the input rate.',
};
const AT_OUTPUT: Readonly<Record<string, string>> = {
  reasoning: 'Reasoning is billed as output.',
  audio_output: 'No audio rate is published: billed at the output rate.',
  image_output: 'No image rate is published: billed at the output rate.',
};

/** Why a line has the rate it has; null where it is simply the bucket's own. */
export function ruleText({ rule, bucket }: Pick<Line, 'rule' | 'bucket'>): string | null {
  switch (rule) {
    case null:
      return null;
    case 'at_input_rate':
      return AT_INPUT[bucket] ?? `${bucketLabel(bucket)} has no rate of its own: billed at the input rate.`;
    case 'at_output_rate':
      return AT_OUTPUT[bucket] ?? `${bucketLabel(bucket)} has no rate of its own: billed at the output rate.`;
    case 'at_cached_input_rate':
      return 'No rate for cached audio is published: billed at the rate of cached input.';
    case 'at_audio_input_rate':
      return 'No rate for cached audio is published: billed at the audio rate.';
    case 'at_cache_write_5m_rate':
      return 'The upstream did not state how long the cache lives: billed at the 5-minute rate.';
    case 'catalog_only':
      return 'The upstream did not state how long the cache lives: always at the catalog’s rate.';
    case 'as_stated':
      return 'No rate is known: the cost is what the upstream stated.';
    case 'stated_rounded':
      return 'No rate is known: the cost is what the upstream stated, rounded half to even to 12 decimal places.';
    case 'no_exchange_rate':
      return 'The price is in a currency that had no exchange rate when the call began, so its amount is unknown.';
    case 'no_rate':
      return 'No rate is known for it, so its amount is unknown, not zero.';
    default:
      return `${asWords(rule)}.`;
  }
}

const NOTES: Readonly<Record<string, string>> = {
  at_input_rate: 'input rate',
  at_output_rate: 'output rate',
  at_cached_input_rate: 'cached input rate',
  at_audio_input_rate: 'audio rate',
  at_cache_write_5m_rate: '5 min rate',
  no_exchange_rate: 'no exchange rate',
};

/** Two words under a rate that is not the bucket's own of the catalog; null where it is. */
export function rateNote({ rule, origin }: Pick<Line, 'rule' | 'origin'>): string | null {
  const note = rule === null ? undefined : NOTES[rule];
  if (origin.kind === 'OVERRIDE') return note ? `override, ${note}` : 'override';
  if (origin.kind === 'UPSTREAM') return 'upstream';
  return note ?? null;
}

const KINDS: Readonly<Record<Origin['kind'], string>> = {
  CATALOG: 'Catalog',
  OVERRIDE: 'Override',
  UPSTREAM: 'Stated by the upstream',
  NONE: 'No rate known',
};
export const originKind = ({ kind }: Origin): string => KINDS[kind];

/** Where a rate comes from, on one line: `OpenAI API pricing, as of 12 Nov 2026`. */
export function originText(origin: Origin): string {
  if (origin.kind === 'NONE') return 'no rate known';
  if (origin.kind === 'OVERRIDE') {
    return ['override', origin.by && `by ${origin.by}`, origin.at && exactTime(origin.at)].filter(Boolean).join(', ');
  }
  return [origin.label, origin.asOf && `as of ${day(origin.asOf)}`].filter(Boolean).join(', ');
}

const REASONS: Readonly<Record<string, string>> = {
  refused: 'Refused before anything was sent to the upstream.',
  not_sent: 'The upstream could not be reached, so nothing was sent.',
  no_usage_billed: 'The upstream answered with an error, which it does not bill.',
  endpoint_not_billed: 'The upstream bills nothing for this endpoint.',
  rate_zero: 'Every rate of it is 0.',
  usage_unknown: 'The upstream stated no usage, so there is no quantity to multiply.',
  model_unknown: 'The catalog does not know this model, and no price is set for it.',
  rate_missing: 'At least one quantity has no known rate.',
  exchange_rate_missing: 'A price is in a currency that had no exchange rate when the call began.',
  service_tier: 'The model has no known rate on the service tier that served the call.',
  no_price_version: 'No price version was in force when the call started.',
  amount_out_of_range: 'The amount is larger than the ledger can hold.',
};
/** Why a call is free or unpriced. */
export function reasonText(reason: string | null): string | null {
  if (reason === null) return null;
  const [code = '', meter] = reason.split(':');
  if (code === 'meter_without_rate' && meter) return `${asWords(meter)} were counted, and no rate is known for them.`;
  return REASONS[reason] ?? `${asWords(reason)}.`;
}

const STATUSES: Readonly<Record<string, string>> = {
  reported: 'Taken over from the upstream: no rate is known here, but it stated what it charged.',
  computed: 'Quantity × rate, with quantities the upstream stated.',
  estimated: 'Quantity × rate, with quantities that are estimated in part.',
  free: 'Costs nothing.',
  unpriced: 'The cost is unknown, and is in no sum.',
};
export const statusText = (status: string): string => STATUSES[status] ?? asWords(status);

interface Ending {
  readonly outcome: string;
  readonly abortAction: string | null;
  readonly usageSource: string;
}

const ABORTS: Readonly<Record<string, string>> = {
  cancelled: 'The app hung up, and the request to the upstream was cancelled at once.',
  drained: 'The app hung up. The answer was read to its end all the same.',
  drain_cut: 'The app hung up. The answer was read on, then cut at the bound this provider sets.',
};
const COUNTS: Readonly<Record<string, string>> = {
  reported: 'The counts are the upstream’s own.',
  partial: 'The counts are what the upstream had stated until then.',
  estimated: 'What the upstream had not stated is estimated.',
  none: 'What it used is unknown.',
};

/** What happened to the upstream when the app went away, and what that means for the counts; null = it stayed. */
export function abortText({ outcome, abortAction, usageSource }: Ending): string | null {
  if (abortAction === null && outcome !== 'client_closed') return null;
  const what = ABORTS[abortAction ?? ''] ?? 'The app hung up before the answer was complete.';
  return `${what} ${COUNTS[usageSource] ?? ''}`.trim();
}

const METERS: Readonly<Record<string, string>> = {
  input: 'Input',
  cachedInput: 'Cached input',
  cacheWrite5m: 'Cache write (5 min)',
  cacheWrite1h: 'Cache write (1 h)',
  cacheWriteUnknown: 'Cache write (unknown TTL)',
  output: 'Output',
  reasoning: 'Reasoning',
  toolUseInput: 'Tool use',
  audioInput: 'Audio input',
  audioOutput: 'Audio output',
  imageInput: 'Image input',
  imageOutput: 'Image output',
  cachedAudioInput: 'Cached audio input',
  webSearches: 'Web searches',
};
export const meterText = (meter: string): string => METERS[meter] ?? asWords(meter);

const PART_OF: Readonly<Record<string, string>> = {
  reasoning: 'output',
  audioOutput: 'output',
  imageOutput: 'output',
  toolUseInput: 'input',
  audioInput: 'input',
  imageInput: 'input',
  cachedAudioInput: 'cachedInput',
};
/** The meter it is counted in already; null = it stands on its own. */
export const partOf = (meter: string): string | null => PART_OF[meter] ?? null;
