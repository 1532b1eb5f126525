import { type ExchangeRate, METERS, newId, type PriceBook, type PriceOverride, type UsageEvent } from '@weir/contracts';
import { CATALOG_VENDORS, shippedCatalog } from '@weir/pricing';
import { usageEventOf } from './batches.js';

const DAY_MS = 86_400_000;

/** The same numbers for the same seed, in [0, 1). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

const PROVIDERS = [
  { provider: 'openai-main', providerType: 'openai', vendor: 'openai' },
  { provider: 'anthropic-main', providerType: 'anthropic', vendor: 'anthropic' },
  { provider: 'gemini', providerType: 'google', vendor: 'google' },
  { provider: 'bedrock-eu', providerType: 'bedrock', vendor: 'aws' },
  { provider: 'own-servers', providerType: 'openai_compatible', vendor: null },
] as const;
export const PROVIDER_NAMES = PROVIDERS.map(({ provider }) => provider);
export const APPS = ['shop', 'search', 'support', ''] as const;

const ENTRIES = shippedCatalog().entries;
const MODELS_OF_EACH = 12;
/** Listed ones spread over each vendor's list, and one that nobody lists. */
const LISTED = new Map(
  PROVIDERS.map(({ provider, vendor }) => {
    const names = [...new Set(ENTRIES.filter((entry) => entry.vendor === vendor).map(({ model }) => model))];
    const step = Math.max(1, Math.floor(names.length / MODELS_OF_EACH));
    return [provider, [...names.filter((_, index) => index % step === 0).slice(0, MODELS_OF_EACH), 'no-such-model']];
  }),
);
const OWN = ['in-dollars', 'in-euros', 'for-nothing', 'in-part', 'no-such-model'];

/** The shipped catalog with overrides in dollars and in euros whose worth changes in the middle of the range. */
export function bookOfEverything(projectId: string, from: number, days: number): PriceBook {
  const override = (model: string, rates: PriceOverride['rates'], currency = 'USD'): PriceOverride => ({
    ...{ id: newId(), projectId, provider: 'own-servers', model, serviceTier: null, currency, rates },
    ...{ from: 0, until: null, knownFrom: 0, knownUntil: null },
  });
  const worth = (usdPerUnit: string, at: number): ExchangeRate => ({
    ...{ projectId, currency: 'EUR', usdPerUnit, from: at, knownFrom: at, knownUntil: null },
  });
  const version = { id: 'shipped', source: 'test', sourceVersion: '1', effectiveFrom: 0, knownFrom: 0 };
  return {
    ...{ format: 1, version: 1, vendors: CATALOG_VENDORS, versions: [{ ...version, entries: ENTRIES }] },
    overrides: [
      override('in-dollars', {
        input: '0.123457',
        output: '9.876543',
        cached_input: '0.000001',
        cache_write_5m: '0.7',
      }),
      override(
        'in-euros',
        { input: '1.234567', output: '7.654321', web_search: '10000.000001', request: '1.5' },
        'EUR',
      ),
      override('for-nothing', { input: '0', output: '0' }),
      override('in-part', { input: '0.333333' }),
    ],
    exchangeRates: [worth('1.083333333333', from + DAY_MS), worth('1.166666666667', from + (days / 2) * DAY_MS)],
  };
}

const TIERS = [null, null, null, 'default', 'flex', 'priority', 'batch', 'reserved'] as const;
const SOURCES = ['reported', 'reported', 'reported', 'reported', 'partial', 'estimated', 'none'] as const;
const STATED = [null, null, null, '0', '0.0012345', '1.5e-7', '0.00000000000049'] as const;

/** Any call at all: what it used may contradict itself. */
export function randomCall(random: () => number, projectId: string, startedAt: number): UsageEvent {
  const below = (limit: number) => Math.floor(random() * limit);
  const oneOf = <T>(values: readonly T[]): T => values[below(values.length)] as T;
  const quantity = () => Math.floor(10 ** (random() * 6));
  const { provider, providerType, vendor } = oneOf(PROVIDERS);
  const model = oneOf(vendor === null ? OWN : (LISTED.get(provider) ?? OWN));
  const usageSource = oneOf(SOURCES);
  const chosen = METERS.filter((meter) => random() < (meter === 'input' || meter === 'output' ? 0.95 : 0.2));
  const isRefused = random() < 0.02;
  return usageEventOf({
    ...{ projectId, startedAt, provider, providerType, requestedModel: model, app: oneOf(APPS), user: null },
    servedModel: random() < 0.1 ? null : model,
    environment: oneOf(['production', 'staging']),
    serviceTier: oneOf(TIERS),
    outcome: isRefused ? 'refused' : 'completed',
    upstreamStatus: isRefused ? null : oneOf([200, 200, 200, 200, 500]),
    attempt: random() < 0.05 ? 2 : 1,
    meters: usageSource === 'none' ? {} : Object.fromEntries(chosen.map((meter) => [meter, quantity()])),
    otherMeters: usageSource !== 'none' && random() < 0.1 ? { webSearches: below(9), images: below(3) } : {},
    usageSource,
    rawUsage: null,
    providerStatedCostUsd: oneOf(STATED),
  });
}
