import { type CatalogEntry, newId, type PriceBook, type PriceOverride, type UsageEvent } from '@weir/contracts';
import { shippedCatalog } from '../src/shipped.js';
import { CATALOG_VENDORS } from '../src/vendors.js';

const CATALOG = shippedCatalog().entries.filter(({ vendor }) => vendor === 'openai' || vendor === 'anthropic');

/** A book with one price version in force since ever. */
export function bookOf(
  entries: readonly CatalogEntry[] = CATALOG,
  overrides: readonly PriceOverride[] = [],
): PriceBook {
  return {
    format: 1,
    version: 7,
    vendors: CATALOG_VENDORS,
    versions: [{ id: 'v1', source: 'test', sourceVersion: '1', effectiveFrom: 0, entries: [...entries] }],
    overrides: [...overrides],
    exchangeRates: [],
  };
}

/** A catalog entry of vendor openai with flat rates. */
export function entryOf(model: string, rates: Record<string, string>, over: Partial<CatalogEntry> = {}): CatalogEntry {
  return {
    vendor: 'openai',
    model,
    displayName: null,
    contextTokens: null,
    match: null,
    from: null,
    until: null,
    daily: null,
    rates: Object.fromEntries(
      Object.entries(rates).map(([bucket, usdPerMillion]) => [bucket, [{ above: 0, usdPerMillion }]]),
    ),
    serviceTiers: {},
    placeRates: {},
    profile: null,
    family: null,
    maxOutputTokens: null,
    capabilities: [],
    provenance: null,
    addedFrom: {},
    ...over,
  };
}

export const PROJECT = newId();

export function overrideOf(
  model: string,
  rates: PriceOverride['rates'],
  over: Partial<PriceOverride> = {},
): PriceOverride {
  return {
    ...{ id: newId(), projectId: PROJECT, provider: 'main', model, serviceTier: null, currency: 'USD', rates },
    ...{ from: 0, until: null, knownUntil: null, ...over },
  };
}

/** A completed call of provider `main` with what a test cares about set by `over`. */
export function eventOf(over: Partial<UsageEvent> = {}): UsageEvent {
  return {
    v: 1,
    eventId: newId(),
    callId: newId(),
    attempt: 1,
    projectId: PROJECT,
    environment: 'production',
    provider: 'main',
    providerId: null,
    providerType: 'openai',
    endpoint: 'chat.completions',
    method: 'POST',
    path: '/v1/chat/completions',
    requestedModel: null,
    servedModel: 'm',
    serviceTier: null,
    streamed: false,
    appId: newId(),
    app: 'shop',
    tokenId: newId(),
    user: null,
    agent: null,
    tags: {},
    conversation: null,
    traceId: null,
    outcome: 'completed',
    errorCode: null,
    status: 200,
    upstreamStatus: 200,
    upstreamRequestId: null,
    startedAt: Date.UTC(2026, 10, 1, 12),
    firstByteMs: null,
    firstTokenMs: null,
    durationMs: null,
    overheadMs: null,
    requestBytes: 1,
    responseBytes: 1,
    abortAction: null,
    clientRetry: null,
    meters: {},
    otherMeters: {},
    usageSource: 'reported',
    estimator: null,
    estimatedMeters: [],
    rawUsage: null,
    providerStatedCostUsd: null,
    alterations: [],
    snapshotVersion: 1,
    proxyId: 'p',
    ...over,
  };
}
