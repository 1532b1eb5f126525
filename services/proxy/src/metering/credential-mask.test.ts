import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CredentialMask, maskFor } from './credential-mask.js';
import type { OpenEvent } from './event.js';

const SECRET = 'sk-proj-q7/Zr+2W"m9\\Xb4Nc8Vd1Lf';
const masked = (fields: Partial<OpenEvent>, mask = new CredentialMask([SECRET])) => {
  const event = {
    ...{ servedModel: null, serviceTier: null, errorCode: null, upstreamRequestId: null },
    ...{ providerStatedCostUsd: null, rawUsage: null, ...fields },
  } as OpenEvent;
  mask.apply(event);
  return event;
};

describe('what an upstream repeats of the credential it was sent', () => {
  it.each<[string, string]>([
    ['itself', SECRET],
    ['behind its scheme', `Bearer ${SECRET}`],
    ['cut off', `Incorrect key ${SECRET.slice(0, 14)}`],
    ['its end', SECRET.slice(-12)],
    ['in JSON', JSON.stringify({ key: SECRET })],
    ['in JSON with escaped slashes', SECRET.replaceAll('/', '\\/')],
    ['in a URL', encodeURIComponent(SECRET)],
    ['in base64', Buffer.from(SECRET).toString('base64')],
    ['in the base64 of a header', Buffer.from(`Bearer ${SECRET}`).toString('base64')],
    ['in base64url', Buffer.from(`ab${SECRET}`).toString('base64url')],
    ['in hex', Buffer.from(SECRET).toString('hex')],
    ['backwards', [...SECRET].reverse().join('')],
  ])('%s is blotted out of every field it words', (_how, text) => {
    const fields = { servedModel: text, serviceTier: text, errorCode: text, upstreamRequestId: text };
    const mask = '[credential]';
    expect(masked({ ...fields, rawUsage: text })).toMatchObject({
      ...{ servedModel: mask, serviceTier: mask, errorCode: mask, upstreamRequestId: mask, rawUsage: null },
    });
  });

  it('is found wherever it stands, at whatever length', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.nat(SECRET.length - 12),
        fc.integer({ min: 12, max: 40 }),
        (a, b, at, n) => {
          expect(masked({ errorCode: `${a}${SECRET.slice(at, at + n)}${b}` }).errorCode).toBe(
            SECRET.slice(at, at + n).length >= 12 ? '[credential]' : `${a}${SECRET.slice(at, at + n)}${b}`,
          );
        },
      ),
    );
  });

  it('leaves everything else alone', () => {
    const fields = {
      ...{ servedModel: 'gpt-5.4-mini-2026-03-17', serviceTier: 'default', errorCode: 'rate_limit_exceeded' },
      ...{ upstreamRequestId: 'req_0123456789abcdef', rawUsage: '{"prompt_tokens":12,"completion_tokens":3}' },
    };
    expect(masked(fields)).toMatchObject(fields);
    expect(masked({ errorCode: SECRET.slice(0, 11) }).errorCode).toBe(SECRET.slice(0, 11));
  });

  it('is not looked for where the credential is a placeholder, or there is none', () => {
    const fields = { servedModel: 'ollama/llama3' };
    expect(masked(fields, maskFor(['authorization', 'Bearer ollama']))).toMatchObject(fields);
    expect(masked(fields, maskFor([]))).toMatchObject(fields);
  });

  it('is looked for under any header and scheme', () => {
    for (const pair of [
      ['x-api-key', SECRET],
      ['authorization', `Bearer ${SECRET}`],
    ]) {
      expect(masked({ upstreamRequestId: SECRET }, maskFor(pair)).upstreamRequestId).toBe('[credential]');
    }
  });
});
