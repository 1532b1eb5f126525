import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frameLength } from './frame.js';
import {
  decodeFrame,
  encodeFrame,
  framesOf,
  type TranscriptHead,
  transcriptBatch,
  transcriptBatchOf,
} from './transcript.js';

const uuid = '0190a000-0000-7000-8000-000000000001';
const off = { state: 'off', reason: null, contentType: '', bytes: null, redactions: {}, keptBytes: 0 } as const;

function headOf(requestBytes: number, responseBytes: number): TranscriptHead {
  return {
    v: 1,
    ...{ eventId: uuid, callId: uuid, attempt: 1, projectId: uuid, environment: 'production' },
    ...{ providerId: uuid, provider: 'openai', providerType: 'openai', endpoint: 'chat.completions' },
    ...{ path: '/v1/chat/completions', requestedModel: 'gpt-5', servedModel: null, streamed: false },
    ...{
      appId: uuid,
      app: 'café',
      user: null,
      agent: null,
      tags: {},
      session: null,
      traceId: null,
      outcome: 'completed',
      errorCode: null,
    },
    ...{ status: 200, startedAt: 1, firstTokenMs: null, durationMs: 2.5, retentionDays: 30, headers: {} },
    request: { ...off, compressedBytes: requestBytes },
    response: { ...off, compressedBytes: responseBytes },
  };
}

test('a frame is read back as it was written, one after the other', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.uint8Array(), fc.uint8Array()), { minLength: 1, maxLength: 4 }), (bodies) => {
      const frames = bodies.map(([request, response]) => ({
        head: headOf(request.length, response.length),
        request,
        response,
      }));
      const bytes = Buffer.concat(frames.map(encodeFrame));
      let at = 0;
      for (const { head, request, response } of frames) {
        const length = frameLength(bytes, at) ?? 0;
        const read = decodeFrame(bytes.subarray(at, at + length));
        expect(read.head).toEqual(head);
        expect(Buffer.from(read.request)).toEqual(Buffer.from(request));
        expect(Buffer.from(read.response)).toEqual(Buffer.from(response));
        at += length;
      }
      expect(at).toBe(bytes.length);
    }),
  );
});

test('a frame with any bit turned, or cut anywhere, is refused', () => {
  const frame = encodeFrame({ head: headOf(3, 2), request: Buffer.from('abc'), response: Buffer.from('de') });
  fc.assert(
    fc.property(fc.nat(frame.length - 1), fc.nat(7), (at, bit) => {
      const altered = Buffer.from(frame);
      altered.writeUInt8(altered.readUInt8(at) ^ (1 << bit), at);
      expect(() => decodeFrame(altered)).toThrow(expect.objectContaining({ code: 'TRANSCRIPT_FRAME_INVALID' }));
      expect(frameLength(frame.subarray(0, at), 0)).toBeNull();
    }),
  );
});

test('lengths that do not add up are refused', () => {
  const frame = encodeFrame({ head: headOf(3, 3), request: Buffer.from('abc'), response: Buffer.from('de') });
  expect(() => decodeFrame(frame)).toThrow(/add up/);
});

test('a batch is opened as it was packed, also where an older proxy packed it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5_000 }), (bytes) => {
      const frames = Buffer.from(bytes);
      const packed = transcriptBatch.parse(JSON.parse(JSON.stringify(transcriptBatchOf('b-1', frames))));
      expect(packed).toMatchObject({ v: 2, batchId: 'b-1' });
      expect(framesOf(packed).equals(frames)).toBe(true);
      expect(framesOf({ ...packed, v: 1, frames: frames.toString('base64') }).equals(frames)).toBe(true);
    }),
  );
  expect(() => framesOf({ v: 2, batchId: 'b-1', frames: 'AAAA' })).toThrow();
});
