import { zstdCompressSync } from 'node:zlib';
import {
  encodeFrame,
  newId,
  type RecordedBody,
  type TranscriptBatch,
  type TranscriptFrame,
  type TranscriptHead,
  transcriptBatchOf,
} from '@weir/contracts';

export interface Call extends Partial<Omit<TranscriptHead, 'request' | 'response'>> {
  readonly request?: unknown;
  readonly response?: unknown;
  readonly requestBody?: Partial<RecordedBody>;
  readonly responseBody?: Partial<RecordedBody>;
}

/** A recorded call as a proxy ships it; bodies that are no bytes are sent as JSON, `undefined` = none is kept. */
export function recorded({ request, response, requestBody, responseBody, ...over }: Call): TranscriptFrame {
  const [asked, answered] = [kept(request, requestBody), kept(response, responseBody)];
  return {
    head: {
      v: 1,
      eventId: newId(),
      callId: newId(),
      attempt: 1,
      projectId: newId(),
      environment: 'production',
      providerId: '01990000-0000-7000-8000-000000000002',
      provider: 'anthropic-main',
      providerType: 'anthropic',
      endpoint: 'messages',
      path: '/v1/messages',
      requestedModel: 'claude-opus',
      servedModel: 'claude-opus',
      streamed: false,
      appId: '01990000-0000-7000-8000-000000000003',
      app: 'shop',
      user: null,
      agent: null,
      tags: { team: 'search' },
      session: null,
      traceId: null,
      outcome: 'completed',
      errorCode: null,
      status: 200,
      startedAt: Date.now(),
      firstTokenMs: 52.5,
      durationMs: 913.75,
      retentionDays: 30,
      headers: {},
      ...over,
      request: asked.body,
      response: answered.body,
    },
    request: asked.bytes,
    response: answered.bytes,
  };
}

function kept(value: unknown, over: Partial<RecordedBody> = {}): { body: RecordedBody; bytes: Buffer } {
  const raw = value === undefined ? Buffer.alloc(0) : bytesOf(value);
  const bytes = raw.length === 0 ? raw : zstdCompressSync(raw);
  const body: RecordedBody = {
    state: value === undefined ? 'off' : 'whole',
    reason: null,
    contentType: 'application/json',
    bytes: raw.length,
    redactions: {},
    compressedBytes: bytes.length,
    keptBytes: raw.length,
    ...over,
  };
  return { body, bytes };
}

export const bytesOf = (value: unknown): Buffer =>
  Buffer.isBuffer(value) ? value : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

export function batchOfFrames(frames: readonly TranscriptFrame[], batchId = `t-${newId()}`): TranscriptBatch {
  return transcriptBatchOf(batchId, Buffer.concat(frames.map(encodeFrame)));
}
