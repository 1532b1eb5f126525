import { formatUsd, type PicoUsd, type PriceBook, priceOf, type UsageEvent } from '@weir/contracts';
import { openBook } from './book.js';
import { namesOf } from './names.js';
import { whyNotBilled } from './not-billed.js';
import { placeOf } from './place.js';
import { inputTokensOf, type Quantity, quantitiesOf } from './quantities.js';
import { type LineRule, PARTS, type Part, type Rating, type RatingLine, type RatingReason } from './rating.js';
import { hasListedFee } from './request-fee.js';
import { serviceTierOf } from './service-tier.js';
import { type FoundRate, fromCatalog, fromOverrides, type Sources } from './sources.js';
import { statedCostOf } from './stated-cost.js';

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
    knownAt,
    total: status === 'unpriced' ? null : sum(lines),
    parts: status === 'unpriced' ? NOTHING : partsOf(lines),
    lines: lines.map(({ line }) => line),
  });
  /** What the upstream states is better than nothing, and nothing but that. */
  const unknown = (reason: RatingReason, lines: readonly Priced[] = []): Rating => {
    const stated = statedCostOf(event);
    if (stated === null || stated.cost >= LIMIT) return rating('unpriced', reason, lines);
    return rating('reported', null, [{ part: 'other', isZero: false, amount: stated.cost, line: stated.line }]);
  };

  const notBilled = whyNotBilled(event);
  if (notBilled) return rating('free', notBilled);
  if (event.usageSource === 'none' || !statesAnything(event)) return unknown('usage_unknown');

  const name = event.servedModel ?? event.requestedModel;
  const tier = serviceTierOf(event.serviceTier);
  const model =
    catalog && name !== null && event.providerType !== null
      ? catalog.find(event.providerType, name, event.startedAt)
      : null;
  const sources: Sources = {
    overrides: open.overridesAt(event, namesOf(event, model, catalog), tier, knownAt),
    model: tier === null ? null : model,
    priceVersion: catalog?.version.id ?? null,
    inputTokens: inputTokensOf(event),
    tier: tier ?? 'default',
    place: placeOf(event),
    usdPerUnit: (currency) => open.usdPerUnitAt(event.projectId, currency, event.startedAt, knownAt),
  };

  const quantities = [...quantitiesOf(event), ...feePerRequest(event, sources)];
  const lines = quantities.map((quantity) => price(quantity, sources));
  if (sources.overrides.length === 0 && !sources.model) {
    return unknown(catalog === null ? 'no_price_version' : model ? 'service_tier' : 'model_unknown', lines);
  }
  if (lines.some(({ line }) => line.rule === 'no_exchange_rate')) {
    return rating('unpriced', 'exchange_rate_missing', lines);
  }
  const without = lines.findIndex(({ amount }) => amount === null);
  if (without >= 0) {
    const meter = quantities[without]?.meter;
    if (tier !== 'default') return unknown('service_tier', lines);
    return unknown(meter === undefined ? 'rate_missing' : `meter_without_rate:${meter}`, lines);
  }
  if (sum(lines) >= LIMIT) return rating('unpriced', 'amount_out_of_range', lines);
  if (lines.length > 0 && lines.every(({ isZero }) => isZero)) return rating('free', 'rate_zero', lines);
  return rating(event.usageSource === 'reported' ? 'computed' : 'estimated', null, lines);
}

function statesAnything({ meters, otherMeters }: UsageEvent): boolean {
  return Object.values(meters).some((quantity) => quantity !== undefined) || Object.keys(otherMeters).length > 0;
}

function feePerRequest(event: UsageEvent, sources: Sources): Quantity[] {
  const isOverridden = fromOverrides('request', sources) !== null;
  if (!isOverridden && !sources.model?.rateOf('request', 0, sources.tier, sources.place)) return [];
  const rates = isOverridden || hasListedFee(event) ? [{ bucket: 'request', rule: null } as const] : [];
  return [{ bucket: 'request', quantity: 1, part: 'other', rates }];
}

interface Priced {
  readonly part: Part;
  readonly amount: PicoUsd | null;
  /** The rate is an explicit 0. */
  readonly isZero: boolean;
  readonly line: RatingLine;
}

function price({ bucket, quantity, part, rates, catalogOnly = false }: Quantity, sources: Sources): Priced {
  for (const [index, { bucket: rateBucket, rule }] of rates.entries()) {
    const overridden = catalogOnly && sources.model ? null : fromOverrides(rateBucket, sources);
    // Which rate stands in for a missing one is known of the ordinary tier only.
    const isListed = index === 0 || sources.tier === 'default';
    const found = overridden ?? (isListed ? fromCatalog(rateBucket, sources) : null);
    if (!found) continue;
    const amount = found.pico === null ? null : priceOf(BigInt(quantity), found.pico);
    const line = lineOf(bucket, quantity, found, amount === null ? 'no_exchange_rate' : rule, amount);
    return { part, amount, isZero: found.isZero, line };
  }
  return { part, amount: null, isZero: false, line: lineOf(bucket, quantity, null, 'no_rate', null) };
}

function lineOf(
  bucket: RatingLine['bucket'],
  quantity: number,
  found: FoundRate | null,
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
    ...(found?.converted && { converted: found.converted }),
  };
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
