import {
  type Bucket,
  formatUsd,
  OVERRIDABLE_BUCKETS,
  type PicoUsd,
  type PriceBook,
  type PriceOverride,
  parseUsd,
  priceOf,
  type UsageEvent,
} from '@weir/contracts';
import { openBook } from './book.js';
import type { CatalogModel, Place, ServiceTier } from './catalog.js';
import { whyNotBilled } from './not-billed.js';
import { placeOf } from './place.js';
import { inputTokensOf, type Quantity, quantitiesOf } from './quantities.js';
import { type LineRule, PARTS, type Part, type Rating, type RatingLine, type RatingReason } from './rating.js';
import { hasListedFee } from './request-fee.js';
import { serviceTierOf } from './service-tier.js';

interface Found {
  readonly usdPerMillion: string;
  readonly pico: PicoUsd;
  readonly source: string;
}

/** Where the rates of one event come from. */
interface Sources {
  readonly override: PriceOverride | null;
  readonly model: CatalogModel | null;
  readonly priceVersion: string | null;
  readonly inputTokens: number;
  readonly tier: ServiceTier;
  readonly place: Place;
}

/** `Decimal(38,12)` holds less than 10^26 USD. */
const LIMIT: PicoUsd = 10n ** 38n;

/**
 * Prices one event: quantity x rate, exactly, with the rates in force when the call started, as the book knew them at
 * `knownAtMs` (UTC epoch ms). Pure: the same event, book and known time give the same rating to the byte.
 */
export function rate(event: UsageEvent, book: PriceBook, knownAtMs = Number.POSITIVE_INFINITY): Rating {
  const open = openBook(book);
  const knownAt = open.knownAt(knownAtMs);
  const catalog = open.catalogAt(event.startedAt, knownAt);
  const rating = (status: Rating['status'], reason: RatingReason | null, lines: readonly Priced[] = []): Rating => ({
    status,
    reason,
    priceVersion: catalog?.version.id ?? null,
    priceBookVersion: open.version,
    knownAt,
    total: status === 'unpriced' ? null : sum(lines),
    parts: status === 'unpriced' ? NOTHING : partsOf(lines),
    lines: lines.map(({ line }) => line),
  });

  const notBilled = whyNotBilled(event);
  if (notBilled) return rating('free', notBilled);
  if (event.usageSource === 'none' || !statesAnything(event)) return rating('unpriced', 'usage_unknown');

  const name = event.servedModel ?? event.requestedModel;
  const tier = serviceTierOf(event.serviceTier);
  const model =
    catalog && name !== null && event.providerType !== null
      ? catalog.find(event.providerType, name, event.startedAt)
      : null;
  const names = [event.servedModel, event.requestedModel, model?.model].filter((one) => typeof one === 'string');
  const sources: Sources = {
    override: open.overrideAt(event.projectId, event.provider, names, event.startedAt, knownAt),
    model: tier === null ? null : model,
    priceVersion: catalog?.version.id ?? null,
    inputTokens: inputTokensOf(event),
    tier: tier ?? 'default',
    place: placeOf(event),
  };

  const lines = [...quantitiesOf(event), ...feePerRequest(event, sources)].map((quantity) => price(quantity, sources));
  if (!sources.override && !sources.model) {
    return rating('unpriced', catalog === null ? 'no_price_version' : model ? 'service_tier' : 'model_unknown', lines);
  }
  if (lines.some(({ amount }) => amount === null)) {
    return rating('unpriced', tier === 'default' ? 'rate_missing' : 'service_tier', lines);
  }
  if (sum(lines) >= LIMIT) return rating('unpriced', 'amount_out_of_range', lines);
  if (lines.length > 0 && lines.every(({ rate }) => rate === 0n)) return rating('free', 'rate_zero', lines);
  return rating(event.usageSource === 'reported' ? 'computed' : 'estimated', null, lines);
}

function statesAnything({ meters, otherMeters }: UsageEvent): boolean {
  return Object.values(meters).some((quantity) => quantity !== undefined) || Object.keys(otherMeters).length > 0;
}

function feePerRequest(event: UsageEvent, { model, tier }: Sources): Quantity[] {
  if (!model?.rateOf('request', 0, tier)) return [];
  const rates = hasListedFee(event) ? [{ bucket: 'request', rule: null } as const] : [];
  return [{ bucket: 'request', quantity: 1, part: 'other', rates }];
}

interface Priced {
  readonly part: Part;
  readonly rate: PicoUsd | null;
  readonly amount: PicoUsd | null;
  readonly line: RatingLine;
}

function price({ bucket, quantity, part, rates, catalogOnly = false }: Quantity, sources: Sources): Priced {
  for (const [index, { bucket: rateBucket, rule }] of rates.entries()) {
    // Which rate stands in for a missing one is known of the ordinary tier only.
    if (index > 0 && sources.tier !== 'default' && !sources.override) break;
    const found = (catalogOnly ? null : fromOverride(rateBucket, sources)) ?? fromCatalog(rateBucket, sources);
    if (!found) continue;
    const amount = priceOf(BigInt(quantity), found.pico);
    return { part, rate: found.pico, amount, line: lineOf(bucket, quantity, found, rule, amount) };
  }
  return { part, rate: null, amount: null, line: lineOf(bucket, quantity, null, 'no_rate', null) };
}

function lineOf(
  bucket: RatingLine['bucket'],
  quantity: number,
  found: Found | null,
  rule: LineRule | null,
  amount: PicoUsd | null,
): RatingLine {
  return {
    bucket,
    quantity,
    usdPerMillion: found?.usdPerMillion ?? null,
    source: found?.source ?? 'none',
    rule,
    amount: amount === null ? null : formatUsd(amount),
  };
}

const OVERRIDABLE: ReadonlySet<string> = new Set(OVERRIDABLE_BUCKETS);

function fromOverride(bucket: Bucket, { override }: Sources): Found | null {
  if (!override || !OVERRIDABLE.has(bucket)) return null;
  const usdPerMillion = override.rates[bucket as keyof PriceOverride['rates']];
  if (usdPerMillion === undefined) return null;
  return { usdPerMillion, pico: parseUsd(usdPerMillion), source: `override:${override.id}` };
}

function fromCatalog(bucket: Bucket, { model, priceVersion, inputTokens, tier, place }: Sources): Found | null {
  const found = model?.rateOf(bucket, inputTokens, tier, place);
  return model && found ? { ...found, source: `catalog:${priceVersion}:${model.model}` } : null;
}

function sum(lines: readonly Priced[]): PicoUsd {
  return lines.reduce((total, { amount }) => total + (amount ?? 0n), 0n);
}

const NOTHING = Object.freeze(Object.fromEntries(PARTS.map((part) => [part, 0n])) as Record<Part, PicoUsd>);

function partsOf(lines: readonly Priced[]): Record<Part, PicoUsd> {
  const parts = { ...NOTHING };
  for (const { part, amount } of lines) parts[part] += amount ?? 0n;
  return parts;
}
