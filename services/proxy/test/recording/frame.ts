import { randomBytes, randomUUID } from 'node:crypto';
import { zstdCompressSync } from 'node:zlib';
import { encodeFrame, type RecordedBody } from '@weir/contracts';

const NONE: RecordedBody = {
  ...{ state: 'none', reason: null, contentType: '', bytes: null, redactions: {} },
  ...{ compressedBytes: 0, keptBytes: 0 },
};

/** A recorded call whose request is so many bytes that cannot be compressed. */
export function frameOf(requestBytes: number): { readonly eventId: string; readonly frame: Buffer } {
  const id = randomUUID();
  const request = zstdCompressSync(randomBytes(requestBytes));
  const kept = { keptBytes: requestBytes, compressedBytes: request.length, bytes: requestBytes };
  const frame = encodeFrame({
    head: {
      ...{ v: 1, eventId: id, callId: id, attempt: 1, projectId: id, environment: 'production', retentionDays: 30 },
      ...{ providerId: id, provider: 'main', providerType: 'openai', endpoint: 'opaque', path: '/', status: 200 },
      ...{ requestedModel: null, servedModel: null, streamed: false, appId: id, app: 'shop', user: null, agent: null },
      ...{
        tags: {},
        session: null,
        traceId: null,
        outcome: 'completed',
        errorCode: null,
        startedAt: 1,
        firstTokenMs: null,
        durationMs: 1,
      },
      ...{ headers: {}, request: { ...NONE, state: 'whole', ...kept }, response: NONE },
    },
    request,
    response: Buffer.alloc(0),
  });
  return { eventId: id, frame };
}
