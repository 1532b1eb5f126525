import { deriveMasterKey, type UsageEvent } from '@weir/contracts';
import { Random } from '../demo/random.js';
import { sendHistory } from '../demo/send-history.js';
import type { System } from './system.js';

interface PastCalls {
  readonly provider: string;
  readonly model: string;
  /** UTC epoch ms of the first; the others follow a minute apart. */
  readonly startedAt: number;
  readonly calls: number;
}

interface Owner {
  readonly projectId: string;
  readonly environment: string;
  readonly appId: string;
  readonly app: string;
  readonly tokenId: string;
}

/** What is told of a call in the past; all else is that of a small completed one. */
export type PastCall = Partial<UsageEvent> & Pick<UsageEvent, 'startedAt' | 'provider' | 'requestedModel'>;

/**
 * Calls that a proxy reports long after they were made, by an app that has called before. Nothing waits for the settled
 * meter of the system after this: the journal they came by is not heard of again.
 */
export async function reportPastCalls(system: System, { provider, model, startedAt, calls }: PastCalls): Promise<void> {
  await reportCalls(
    system,
    Array.from({ length: calls }, (_, index) => ({
      startedAt: startedAt + index * 60_000,
      provider,
      requestedModel: model,
      meters: { input: 1_001 + index, output: 77 + index },
    })),
  );
}

/** The same, of any kind. To be used once in a system: what a second report brings counts as told already. */
export async function reportCalls(system: System, calls: readonly PastCall[]): Promise<void> {
  const [owner] = await system.books.ask<Owner>(
    `SELECT toString(project_id) AS projectId, environment, toString(app_id) AS appId, app, toString(token_id) AS tokenId
     FROM usage_events_v1 LIMIT 1`,
  );
  if (!owner) throw new Error('an app must have called before');
  const ids = new Random(calls[0]?.startedAt ?? 0);
  await sendHistory(
    calls.map((call) => eventOf(owner, ids, call)),
    {
      journal: 'demo-history',
      queueUrl: system.stores.queueUrl,
      doorUrl: system.internalUrls['control-plane'],
      doorToken: deriveMasterKey(system.masterKey).doorToken,
      snapshotVersion: 1,
    },
  );
}

function eventOf(owner: Owner, ids: Random, call: PastCall): UsageEvent {
  const at = call.startedAt;
  return {
    ...{ v: 1, eventId: ids.id(at), callId: ids.id(at), attempt: 1, clientRetry: null, ...owner },
    ...{ providerId: null, providerType: 'openai', endpoint: 'chat.completions', method: 'POST' },
    ...{ path: '/v1/chat/completions', servedModel: call.requestedModel, serviceTier: null, streamed: false },
    ...{ user: null, agent: null, tags: {}, conversation: null, traceId: null, outcome: 'completed', errorCode: null },
    ...{ status: 200, upstreamStatus: 200, upstreamRequestId: null, firstByteMs: 100 },
    ...{ firstTokenMs: null, durationMs: 200, overheadMs: 0.3, requestBytes: 400, responseBytes: 200 },
    ...{ abortAction: null, meters: { input: 1_001, output: 77 }, otherMeters: {} },
    ...{ usageSource: 'reported', estimator: null, estimatedMeters: [], rawUsage: null },
    ...{ providerStatedCostUsd: null, alterations: [], snapshotVersion: 1, proxyId: 'late' },
    ...call,
  };
}
