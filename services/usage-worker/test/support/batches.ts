import { crc32c, newId, type PriceBook, type UsageBatch, type UsageEvent } from '@weir/contracts';

/** Prices model `m` of OpenAI: 1 USD per million of input, 2 of output. */
export function priceBook(version = 1, inputUsd = '1'): PriceBook {
  return {
    format: 1,
    version,
    vendors: { openai: ['openai'] },
    versions: [
      {
        id: `prices-${version}`,
        source: 'test',
        sourceVersion: '1',
        effectiveFrom: 0,
        entries: [
          {
            vendor: 'openai',
            model: 'm',
            displayName: null,
            contextTokens: null,
            match: null,
            from: null,
            until: null,
            daily: null,
            serviceTiers: {},
            placeRates: {},
            profile: null,
            family: null,
            maxOutputTokens: null,
            capabilities: [],
            provenance: null,
            addedFrom: {},
            rates: {
              input: [{ above: 0, usdPerMillion: inputUsd }],
              output: [{ above: 0, usdPerMillion: '2' }],
            },
          },
        ],
      },
    ],
    overrides: [],
    exchangeRates: [],
  };
}

/** A completed call that cost 0.00002 USD by `priceBook()`. */
export function usageEventOf(over: Partial<UsageEvent> = {}): UsageEvent {
  return {
    v: 1,
    eventId: newId(),
    callId: newId(),
    attempt: 1,
    projectId: '01990000-0000-7000-8000-000000000001',
    environment: 'production',
    provider: 'openai-main',
    providerId: '01990000-0000-7000-8000-000000000002',
    providerType: 'openai',
    endpoint: 'chat.completions',
    method: 'POST',
    path: '/v1/chat/completions',
    requestedModel: 'm',
    servedModel: 'm',
    serviceTier: 'default',
    streamed: true,
    appId: '01990000-0000-7000-8000-000000000003',
    app: 'shop',
    tokenId: '01990000-0000-7000-8000-000000000004',
    user: 'u-17',
    agent: null,
    tags: { team: 'search' },
    conversation: null,
    traceId: null,
    outcome: 'completed',
    errorCode: null,
    status: 200,
    upstreamStatus: 200,
    upstreamRequestId: 'req_0123456789',
    startedAt: Date.now(),
    firstByteMs: 41.25,
    firstTokenMs: 52.5,
    durationMs: 913.75,
    overheadMs: 0.31,
    requestBytes: 1_245,
    responseBytes: 8_712,
    abortAction: null,
    clientRetry: null,
    meters: { input: 10, output: 5 },
    otherMeters: {},
    usageSource: 'reported',
    estimator: null,
    estimatedMeters: [],
    rawUsage: '{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}',
    providerStatedCostUsd: null,
    alterations: ['credential_replaced'],
    snapshotVersion: 3,
    proxyId: 'proxy-1',
    ...over,
  };
}

/** A batch around a body, as the journal cuts it. */
export function batchOf(batchId: string, body: string, events: number, from = Date.now(), to = from): UsageBatch {
  return { v: 1, batchId, events, crc32c: crc32c(Buffer.from(body)), from, to, body };
}

export function batchOfEvents(batchId: string, events: readonly UsageEvent[]): UsageBatch {
  const times = events.map(({ startedAt }) => startedAt);
  return batchOf(batchId, JSON.stringify(events), events.length, Math.min(...times), Math.max(...times));
}
