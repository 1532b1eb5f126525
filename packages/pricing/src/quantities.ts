import type { Bucket, UsageEvent } from '@weir/contracts';
import type { LineBucket, LineRule, Part } from './rating.js';

/** A quantity to be priced: the first bucket of `rates` that has a rate gives it. */
export interface Quantity {
  readonly bucket: LineBucket;
  readonly quantity: number;
  readonly part: Part;
  readonly rates: readonly { readonly bucket: Bucket; readonly rule: LineRule | null }[];
  /** Overrides do not apply. */
  readonly catalogOnly?: boolean;
}

const own = (bucket: Bucket) => ({ bucket, rule: null });
const AT_INPUT = { bucket: 'input', rule: 'at_input_rate' } as const;
const AT_OUTPUT = { bucket: 'output', rule: 'at_output_rate' } as const;

/** Everything the upstream read: what a context tier is decided by. */
export function inputTokensOf({ meters }: UsageEvent): number {
  const { input = 0, cachedInput = 0, cacheWrite5m = 0, cacheWrite1h = 0, cacheWriteUnknown = 0 } = meters;
  return input + cachedInput + cacheWrite5m + cacheWrite1h + cacheWriteUnknown;
}

/** What of an event has to be priced, quantities above zero only, in the order of a rate card. Each token once. */
export function quantitiesOf(event: UsageEvent): Quantity[] {
  const { meters, otherMeters } = event;
  const input = split(meters.input, [meters.toolUseInput, meters.audioInput, meters.imageInput]);
  const output = split(meters.output, [meters.reasoning, meters.audioOutput, meters.imageOutput]);
  const quantities: Quantity[] = [
    { bucket: 'input', quantity: input.rest, part: 'input', rates: [own('input')] },
    { bucket: 'tool_use_input', quantity: input.parts[0], part: 'input', rates: [AT_INPUT] },
    { bucket: 'audio_input', quantity: input.parts[1], part: 'input', rates: [own('audio_input'), AT_INPUT] },
    { bucket: 'image_input', quantity: input.parts[2], part: 'input', rates: [own('image_input'), AT_INPUT] },
    {
      bucket: 'cached_input',
      quantity: meters.cachedInput ?? 0,
      part: 'cachedInput',
      rates: [own('cached_input'), AT_INPUT],
    },
    {
      bucket: 'cache_write_5m',
      quantity: meters.cacheWrite5m ?? 0,
      part: 'cacheWrite',
      rates: [own('cache_write_5m'), AT_INPUT],
    },
    {
      bucket: 'cache_write_1h',
      quantity: meters.cacheWrite1h ?? 0,
      part: 'cacheWrite',
      rates: [own('cache_write_1h'), AT_INPUT],
    },
    {
      bucket: 'cache_write_unknown',
      quantity: meters.cacheWriteUnknown ?? 0,
      part: 'cacheWrite',
      rates: [
        { bucket: 'cache_write_unknown', rule: 'catalog_only' },
        { bucket: 'cache_write_5m', rule: 'at_cache_write_5m_rate' },
        AT_INPUT,
      ],
      catalogOnly: true,
    },
    { bucket: 'output', quantity: output.rest, part: 'output', rates: [own('output')] },
    { bucket: 'reasoning', quantity: output.parts[0], part: 'reasoning', rates: [AT_OUTPUT] },
    { bucket: 'audio_output', quantity: output.parts[1], part: 'output', rates: [own('audio_output'), AT_OUTPUT] },
    { bucket: 'image_output', quantity: output.parts[2], part: 'output', rates: [own('image_output'), AT_OUTPUT] },
    ...Object.keys(otherMeters)
      .sort()
      .filter((meter) => !INFORMATIVE.has(meter))
      .map((meter): Quantity => {
        const bucket = COUNTED[meter];
        const quantity = otherMeters[meter] ?? 0;
        return { bucket: bucket ?? `other:${meter}`, quantity, part: 'other', rates: bucket ? [own(bucket)] : [] };
      }),
  ];
  return quantities.filter(({ quantity }) => quantity > 0);
}

/** Meters that are no tokens and have a bucket. */
const COUNTED: Readonly<Record<string, Bucket>> = { webSearches: 'web_search' };

/**
 * Meters that tell something and cost nothing of their own: predicted tokens are part of the output
 * (https://platform.openai.com/docs/guides/predicted-outputs), fetching pages costs only the tokens read
 * (https://docs.claude.com/en/docs/agents-and-tools/tool-use/web-fetch-tool).
 */
const INFORMATIVE = new Set(['acceptedPrediction', 'rejectedPrediction', 'webFetches']);

/**
 * A total and the parts of it that are billed apart. A total that is not stated is at least its parts. Parts larger than
 * their total contradict it; the total is then billed as it is, in one piece.
 */
function split(
  total: number | undefined,
  stated: readonly [number | undefined, number | undefined, number | undefined],
): { rest: number; parts: [number, number, number] } {
  const parts: [number, number, number] = [stated[0] ?? 0, stated[1] ?? 0, stated[2] ?? 0];
  const sum = parts[0] + parts[1] + parts[2];
  if (total === undefined) return { rest: 0, parts };
  return sum > total ? { rest: total, parts: [0, 0, 0] } : { rest: total - sum, parts };
}
