import { newId, type UsageEvent } from '@weir/contracts';

const PROJECT = newId();
const APP = newId();
const TOKEN = newId();
const PROVIDER = newId();

/** A whole event; with `outcome: 'interrupted'` it is what is known at admission. */
export function sampleEvent(change: Partial<UsageEvent> = {}): UsageEvent {
  return {
    v: 1,
    eventId: newId(),
    callId: newId(),
    attempt: 1,
    projectId: PROJECT,
    environment: 'production',
    provider: 'openai',
    providerId: PROVIDER,
    providerType: 'openai',
    endpoint: 'chat.completions',
    method: 'POST',
    path: '/v1/chat/completions',
    requestedModel: 'gpt-5.4-mini',
    servedModel: 'gpt-5.4-mini',
    serviceTier: null,
    streamed: false,
    appId: APP,
    app: 'checkout',
    tokenId: TOKEN,
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
    startedAt: Date.now(),
    firstByteMs: 1,
    firstTokenMs: null,
    durationMs: 2,
    overheadMs: 0.1,
    requestBytes: 100,
    responseBytes: 200,
    abortAction: null,
    clientRetry: null,
    meters: { input: 10, output: 5 },
    otherMeters: {},
    usageSource: 'reported',
    estimator: null,
    estimatedMeters: [],
    rawUsage: '{"prompt_tokens":10,"completion_tokens":5}',
    providerStatedCostUsd: null,
    alterations: ['credential_replaced'],
    snapshotVersion: 1,
    proxyId: 'test',
    ...change,
  };
}
