import type { Bucket, UsageEvent } from '@weir/contracts';
import type { LineBucket, LineRule, Part } from './rating.js';
import { STAND_INS } from './stand-ins.js';

/** A quantity to be priced: the first bucket of `rates` that has a rate gives it. */
export interface Quantity {
  readonly bucket: LineBucket;
  readonly quantity: number;
  readonly part: Part;
  readonly rates: readonly { readonly bucket: Bucket; readonly rule: LineRule | null }[];
  /** Overrides do not apply where the catalog knows the model. */
  readonly catalogOnly?: boolean;
  /** Of what is counted beside tokens. */
  readonly meter?: string;
}

const own = (bucket: Bucket) => ({ bucket, rule: null });
const ratesOf = (bucket: Bucket) => [own(bucket), ...(STAND_INS[bucket] ?? [])];
const AT_INPUT = { bucket: 'input', rule: 'at_input_rate' } as const;
const AT_OUTPUT = { bucket: 'output', rule: 'at_output_rate' } as const;

/** Everything the upstream read: what a context tier is decided by. */
export function inputTokensOf({ meters }: UsageEvent): number {
  const { toolUseInput = 0, audioInput = 0, imageInput = 0, cachedAudioInput = 0 } = meters;
  const { input = toolUseInput + audioInput + imageInput, cachedInput = cachedAudioInput } = meters;
  const { cacheWrite5m = 0, cacheWrite1h = 0, cacheWriteUnknown = 0 } = meters;
  return input + cachedInput + cacheWrite5m + cacheWrite1h + cacheWriteUnknown;
}

interface Spec extends Omit<Quantity, 'quantity'> {
  readonly of: (counts: Counts) => number;
}

interface Counts {
  readonly meters: UsageEvent['meters'];
  readonly input: Split;
  readonly cached: Split;
  readonly output: Split;
}

/** In the order of a rate card. */
const TOKENS: readonly Spec[] = [
  { bucket: 'input', part: 'input', rates: [own('input')], of: ({ input }) => input.rest },
  { bucket: 'tool_use_input', part: 'input', rates: [AT_INPUT], of: ({ input }) => input.first },
  { bucket: 'audio_input', part: 'input', rates: ratesOf('audio_input'), of: ({ input }) => input.second },
  { bucket: 'image_input', part: 'input', rates: ratesOf('image_input'), of: ({ input }) => input.third },
  {
    bucket: 'cached_input',
    part: 'cachedInput',
    rates: ratesOf('cached_input'),
    of: ({ cached }) => cached.rest,
  },
  {
    bucket: 'cached_audio_input',
    part: 'cachedInput',
    rates: ratesOf('cached_audio_input'),
    of: ({ cached }) => cached.first,
  },
  {
    bucket: 'cache_write_5m',
    part: 'cacheWrite',
    rates: ratesOf('cache_write_5m'),
    of: ({ meters }) => meters.cacheWrite5m ?? 0,
  },
  {
    bucket: 'cache_write_1h',
    part: 'cacheWrite',
    rates: ratesOf('cache_write_1h'),
    of: ({ meters }) => meters.cacheWrite1h ?? 0,
  },
  {
    bucket: 'cache_write_unknown',
    part: 'cacheWrite',
    rates: [{ bucket: 'cache_write_unknown', rule: 'catalog_only' }, ...(STAND_INS.cache_write_unknown ?? [])],
    catalogOnly: true,
    of: ({ meters }) => meters.cacheWriteUnknown ?? 0,
  },
  { bucket: 'output', part: 'output', rates: [own('output')], of: ({ output }) => output.rest },
  { bucket: 'reasoning', part: 'reasoning', rates: [AT_OUTPUT], of: ({ output }) => output.first },
  {
    bucket: 'audio_output',
    part: 'output',
    rates: ratesOf('audio_output'),
    of: ({ output }) => output.second,
  },
  { bucket: 'image_output', part: 'output', rates: ratesOf('image_output'), of: ({ output }) => output.third },
];

/** What of an event has to be priced, quantities above zero only, in the order of a rate card. Each token once. */
export function quantitiesOf({ meters, otherMeters }: UsageEvent): Quantity[] {
  const counts: Counts = {
    meters,
    input: split(meters.input, meters.toolUseInput, meters.audioInput, meters.imageInput),
    cached: split(meters.cachedInput, meters.cachedAudioInput),
    output: split(meters.output, meters.reasoning, meters.audioOutput, meters.imageOutput),
  };
  const quantities: Quantity[] = [];
  for (const spec of TOKENS) {
    const quantity = spec.of(counts);
    if (quantity > 0) quantities.push({ ...spec, quantity });
  }
  for (const meter of Object.keys(otherMeters).sort()) {
    const quantity = otherMeters[meter] ?? 0;
    if (quantity === 0 || INFORMATIVE.has(meter)) continue;
    const bucket = COUNTED[meter];
    quantities.push({
      bucket: bucket ?? `other:${meter}`,
      quantity,
      part: 'other',
      rates: bucket ? [own(bucket)] : [],
      meter,
    });
  }
  return quantities;
}

/** Meters that are no tokens and have a bucket. */
const COUNTED: Readonly<Record<string, Bucket>> = {
  webSearches: 'web_search',
  images: 'image',
  audioSeconds: 'audio_second',
  fileSearches: 'file_search',
  codeContainers: 'code_container',
  searchUnits: 'search_unit',
};

/**
 * Meters that tell something and cost nothing of their own: predicted tokens are part of the output
 * (https://platform.openai.com/docs/guides/predicted-outputs), fetching pages costs only the tokens read
 * (https://docs.claude.com/en/docs/agents-and-tools/tool-use/web-fetch-tool).
 */
const INFORMATIVE = new Set(['acceptedPrediction', 'rejectedPrediction', 'webFetches']);

interface Split {
  readonly rest: number;
  readonly first: number;
  readonly second: number;
  readonly third: number;
}

/**
 * A total and the parts of it that are billed apart. A total that is not stated is at least its parts. Parts larger than
 * their total contradict it; the total is then billed as it is, in one piece.
 */
function split(total: number | undefined, first = 0, second = 0, third = 0): Split {
  const parts = first + second + third;
  if (total === undefined) return { rest: 0, first, second, third };
  return parts > total ? { rest: total, first: 0, second: 0, third: 0 } : { rest: total - parts, first, second, third };
}
