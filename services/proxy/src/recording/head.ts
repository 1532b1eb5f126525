import type { OpenEvent } from '../metering/event.js';
import type { FinishedCall } from './finished-call.js';
import { keptHeaders } from './headers.js';
import type { Recording } from './recording.js';

/** What is told of a recorded call beside its bodies. */
export function headOf(
  event: OpenEvent,
  { settings: { retentionDays }, sessionId }: Recording,
  rawHeaders: readonly string[],
): FinishedCall['head'] {
  const { eventId, callId, attempt, projectId, environment, provider, endpoint, path } = event;
  const { requestedModel, servedModel, streamed, appId, app, user, agent, tags } = event;
  const { traceId, outcome, errorCode, status, startedAt, firstTokenMs, durationMs } = event;
  return {
    ...{ eventId, callId, attempt, projectId, environment, provider, endpoint, path },
    ...{ requestedModel, servedModel, streamed, appId, app, user, agent, tags },
    ...{ traceId, outcome, errorCode, status, startedAt, firstTokenMs, durationMs },
    // Both are known of a call that went upstream.
    ...{ providerId: event.providerId as string, providerType: event.providerType as string },
    ...{ retentionDays, headers: keptHeaders(rawHeaders) },
    ...(sessionId !== null && { session: sessionId }),
  };
}
