import type { PriceBook, ProviderType, UsageEvent } from '@weir/contracts';
import { type Rating, rate } from '@weir/pricing';
import { PROVIDERS } from './plan.js';

/** What the seeded events are counted in, and the part of a total each is billed in. Order of a receipt's lines. */
export const BUCKETS = [
  { name: 'input', part: 'input' },
  { name: 'tool_use_input', part: 'tool_use' },
  { name: 'cached_input', part: 'cached_input' },
  { name: 'cache_write_5m', part: 'cache_write' },
  { name: 'cache_write_1h', part: 'cache_write' },
  { name: 'output', part: 'output' },
  { name: 'reasoning', part: 'reasoning' },
  { name: 'web_search', part: 'other' },
] as const;
export type BucketName = (typeof BUCKETS)[number]['name'];

/** More is never read by one seeded call, so that every price is that of the lowest context tier. */
export const MOST_INPUT_TOKENS = 100_000;

/** What one bucket of a model costs, and how a receipt's line of it begins and goes on around its quantity. */
interface BucketRate {
  /** USD for one; null = unpriced. */
  readonly usdPerUnit: string | null;
  readonly head: string;
  readonly tail: string;
}

/** The prices of a model at a provider during a stretch of time. */
export interface RateCard {
  readonly provider: string;
  readonly model: string;
  readonly isPriced: boolean;
  readonly buckets: Readonly<Record<BucketName, BucketRate>>;
}

export class PricesUnsteady extends Error {
  readonly code = 'PRICES_UNSTEADY';
}

/** What is the same in every rating of a book. */
export interface BookFacts {
  readonly bookVersion: number;
  readonly priceVersion: string | null;
  /** UTC epoch ms; 0 = not noted. */
  readonly knownAt: number;
}

/** Times at which prices of what is called may change, UTC epoch ms, in order, within `(from, to)`. */
export function priceChanges(book: PriceBook, from: number, to: number): number[] {
  const vendors = new Set(PROVIDERS.flatMap(({ type }) => book.vendors[type] ?? []));
  const times = [
    ...book.versions.flatMap(({ effectiveFrom, entries }) => [
      effectiveFrom,
      ...entries.filter(({ vendor }) => vendors.has(vendor)).flatMap((entry) => [entry.from, entry.until]),
    ]),
    ...book.overrides.flatMap((override) => [override.from, override.until]),
    ...book.exchangeRates.map((exchange) => exchange.from),
  ];
  const inside = times.filter((time): time is number => time !== null && time > from && time < to);
  return [...new Set(inside)].sort((a, b) => a - b);
}

/** Where in a stretch of time it is asked, from 0 to 1: in long ones at all hours of a day. */
const PROBES = [0.191, 0.383, 0.617, 0.809];

/**
 * Asks the rules themselves, bucket by bucket, what calls in `[from, to)` cost, between two changes of prices.
 * @throws PricesUnsteady when a price depends on the hour or on how much is read: it cannot be one card
 */
export function rateCards(book: PriceBook, projectId: string, from: number, to: number): RateCard[] {
  return PROVIDERS.flatMap(({ name: provider, type, models }) =>
    models.map(({ name: model }) => {
      const call = { projectId, provider, type, model };
      const buckets = {} as Record<BucketName, BucketRate>;
      for (const { name } of BUCKETS) {
        const askedAt = (part: number, quantity: number) =>
          bucketRate(book, call, name, Math.floor(from + part * (to - 1 - from)), quantity);
        const first = askedAt(0, 1);
        const others = [
          askedAt(1, name === 'web_search' ? 1 : MOST_INPUT_TOKENS),
          ...PROBES.map((part) => askedAt(part, 1)),
        ];
        const other = others.find(({ head, tail }) => head !== first.head || tail !== first.tail);
        if (other) throw new PricesUnsteady(`${provider} ${model} ${name}: ${first.tail} and ${other.tail}`);
        buckets[name] = first;
      }
      return { provider, model, isPriced: buckets.input.usdPerUnit !== null, buckets };
    }),
  );
}

/** The version of the catalog is that at `at`. */
export function bookFacts(book: PriceBook, projectId: string, at: number): BookFacts {
  const [first] = PROVIDERS;
  const call = { projectId, provider: first?.name as string, type: first?.type as ProviderType, model: 'any' };
  const { priceVersion, knownAt } = rate(probe(call, 'input', at, 1), book);
  return { bookVersion: book.version, priceVersion, knownAt };
}

interface Call {
  readonly projectId: string;
  readonly provider: string;
  readonly type: ProviderType;
  readonly model: string;
}

function bucketRate(book: PriceBook, call: Call, bucket: BucketName, at: number, quantity: number): BucketRate {
  const line = lineOf(rate(probe(call, bucket, at, quantity), book), bucket);
  if (line.converted)
    throw new PricesUnsteady(`${call.provider} ${call.model} ${bucket}: priced in another currency than USD`);
  const { usdPerMillion, source, rule } = line;
  const quoted = usdPerMillion === null ? 'null' : JSON.stringify(usdPerMillion);
  return {
    usdPerUnit: line.amount === null || usdPerMillion === null ? null : perUnit(usdPerMillion),
    head: `{"bucket":${JSON.stringify(line.bucket)},"quantity":`,
    tail: `,"usdPerMillion":${quoted},"source":${JSON.stringify(source)},"rule":${JSON.stringify(rule)},"amount":`,
  };
}

function lineOf(rating: Rating, bucket: BucketName): Rating['lines'][number] {
  const line = rating.lines.find((one) => one.bucket === bucket);
  if (!line) throw new PricesUnsteady(`no line of ${bucket}`);
  return line;
}

/** `2.5` per million is `0.0000025` each: a decimal of at most 6 places moved by six. */
function perUnit(usdPerMillion: string): string {
  const [whole = '0', fraction = ''] = usdPerMillion.split('.');
  const digits = `${whole.padStart(7, '0')}${fraction}`;
  const point = whole.padStart(7, '0').length - 6;
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** A completed call that used nothing but `quantity` of one bucket. */
function probe(
  { projectId, provider, type, model }: Call,
  bucket: BucketName,
  at: number,
  quantity: number,
): UsageEvent {
  const meters = {
    input: { input: quantity },
    tool_use_input: { input: quantity, toolUseInput: quantity },
    cached_input: { cachedInput: quantity },
    cache_write_5m: { cacheWrite5m: quantity },
    cache_write_1h: { cacheWrite1h: quantity },
    output: { output: quantity },
    reasoning: { output: quantity, reasoning: quantity },
    web_search: {},
  }[bucket];
  return {
    ...{ v: 1, eventId: NOBODY, callId: NOBODY, attempt: 1, projectId, environment: '' },
    ...{ provider, providerId: null, providerType: type, endpoint: 'chat.completions', method: 'POST', path: '/' },
    ...{ requestedModel: model, servedModel: model, serviceTier: null, streamed: false },
    ...{
      appId: NOBODY,
      app: '',
      tokenId: NOBODY,
      user: null,
      agent: null,
      tags: {},
      conversation: null,
      traceId: null,
    },
    ...{ outcome: 'completed', errorCode: null, status: 200, upstreamStatus: 200, upstreamRequestId: null },
    ...{ startedAt: at, firstByteMs: null, firstTokenMs: null, durationMs: null, overheadMs: null },
    ...{ requestBytes: 0, responseBytes: 0, abortAction: null, clientRetry: null },
    ...{ meters, otherMeters: bucket === 'web_search' ? { webSearches: quantity } : {} },
    ...{ usageSource: 'reported', estimator: null, estimatedMeters: [], rawUsage: null, providerStatedCostUsd: null },
    ...{ alterations: [], snapshotVersion: 0, proxyId: '' },
  };
}

const NOBODY = '00000000-0000-7000-8000-000000000000';
