import { newId, type SnapshotProvider, type SnapshotToken, type UsageEvent } from '@weir/contracts';
import type { RequestFacts, UsageReading } from '@weir/providers';
import type { Route } from '../http/route.js';

/** An event while its call runs; it becomes immutable when the journal has closed it. */
export type OpenEvent = { -readonly [K in keyof UsageEvent]: UsageEvent[K] };

export interface EventOrigin {
  readonly callId: string;
  readonly token: SnapshotToken;
  readonly route: Route;
  readonly traceId: string | null;
  readonly method: string;
  readonly startedAt: number;
  readonly snapshotVersion: number;
  readonly proxyId: string;
}

/** The event as it stands if the proxy dies the next moment. */
export function openEvent(origin: EventOrigin): OpenEvent {
  const { token, route } = origin;
  return {
    v: 1,
    eventId: newId(),
    callId: origin.callId,
    attempt: 1,
    projectId: token.projectId,
    environment: cut(token.environment, 63),
    provider: route.provider,
    providerId: null,
    providerType: null,
    endpoint: 'opaque',
    method: cut(origin.method, 15),
    path: cut(route.path, 2048),
    requestedModel: null,
    servedModel: null,
    serviceTier: null,
    streamed: false,
    appId: token.appId,
    app: cut(token.app, 253),
    tokenId: token.id,
    user: null,
    agent: null,
    tags: {},
    conversation: null,
    traceId: origin.traceId,
    outcome: 'interrupted',
    errorCode: null,
    status: null,
    upstreamStatus: null,
    upstreamRequestId: null,
    startedAt: origin.startedAt,
    firstByteMs: null,
    firstTokenMs: null,
    durationMs: null,
    overheadMs: null,
    requestBytes: 0,
    responseBytes: 0,
    abortAction: null,
    clientRetry: null,
    meters: {},
    otherMeters: {},
    usageSource: 'none',
    estimator: null,
    estimatedMeters: [],
    rawUsage: null,
    providerStatedCostUsd: null,
    alterations: [],
    snapshotVersion: origin.snapshotVersion,
    proxyId: origin.proxyId,
  };
}

export function applyProvider(event: OpenEvent, config: SnapshotProvider, endpoint: string): void {
  event.providerId = config.id;
  event.providerType = config.type;
  event.endpoint = cut(endpoint, 63);
}

export function applyFacts(event: OpenEvent, facts: RequestFacts): void {
  event.requestedModel = facts.model === null ? null : cut(facts.model, 255);
  event.streamed = facts.stream;
  event.user ??= facts.user === null ? null : cut(facts.user, 255);
  event.conversation ??= facts.conversation === null ? null : cut(facts.conversation, 255);
}

const MAX_RAW_USAGE = 65_536;

export function applyReading(event: OpenEvent, reading: UsageReading): void {
  event.servedModel = reading.servedModel === null ? null : cut(reading.servedModel, 255);
  event.serviceTier = reading.serviceTier === null ? null : cut(reading.serviceTier, 63);
  event.meters = reading.meters;
  event.otherMeters = reading.otherMeters;
  event.usageSource = reading.usageSource;
  event.rawUsage = reading.rawUsage !== null && reading.rawUsage.length <= MAX_RAW_USAGE ? reading.rawUsage : null;
  event.providerStatedCostUsd = reading.providerStatedCostUsd;
}

export function cut(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length);
}
