import { zstdCompressSync } from 'node:zlib';
import { encodeFrame, type RecordedBody } from '@weir/contracts';
import { type Detector, type Redactor, redactorOf } from '@weir/transcripts';
import type { ToldCall } from './tell.js';

/** As the demo's recording providers are set. */
export const REDACTED: readonly Detector[] = ['email', 'phone', 'payment_card', 'iban'];
export const RETENTION_DAYS = 30;

/** A call as a proxy records it: cleared of what the rules find, then compressed. */
export function frameOf({ event, bodies, headers }: ToldCall, redactor: Redactor): Buffer {
  const { eventId, callId, attempt, projectId, environment, provider, endpoint, path } = event;
  const { requestedModel, servedModel, streamed, appId, app, user, agent, tags } = event;
  const { traceId, outcome, errorCode, status, startedAt, firstTokenMs, durationMs } = event;
  const request = recorded(redactor.requestBytes(Buffer.from(bodies.request)), bodies.request, 'application/json');
  const response = recorded(redactor.replyBytes(Buffer.from(bodies.response)), bodies.response, bodies.contentType);
  return encodeFrame({
    head: {
      ...{ v: 1, eventId, callId, attempt, projectId, environment, provider, endpoint, path },
      ...{ requestedModel, servedModel, streamed, appId, app, user, agent, tags: { ...tags } },
      ...{ traceId, outcome, errorCode, status, startedAt, firstTokenMs, durationMs },
      ...{ providerId: event.providerId as string, providerType: event.providerType as string },
      ...{ session: null, retentionDays: RETENTION_DAYS, headers: { ...headers } },
      ...{ request: request.body, response: response.body },
    },
    request: request.bytes,
    response: response.bytes,
  });
}

export const demoRedactor = (): Redactor => redactorOf({ detectors: [...REDACTED], patterns: [] });

type Cleared = ReturnType<Redactor['requestBytes']>;

/** @throws Error where the rules keep nothing of it: a story is to be told so that they do */
function recorded(cleared: Cleared, text: string, contentType: string): { body: RecordedBody; bytes: Buffer } {
  if (!cleared.isKept) throw new Error(`nothing of a demo's call may be kept: ${cleared.reason}`);
  const { value, counts } = cleared;
  const bytes = zstdCompressSync(value);
  const state = Object.keys(counts).length === 0 ? 'whole' : 'redacted';
  const lengths = { bytes: Buffer.byteLength(text), compressedBytes: bytes.length, keptBytes: value.length };
  return { body: { ...{ state, reason: null, contentType, redactions: counts }, ...lengths }, bytes };
}
