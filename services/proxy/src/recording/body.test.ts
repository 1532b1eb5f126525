import { zstdDecompressSync } from 'node:zlib';
import { recordedBody, recordingSettings } from '@weir/contracts';
import { describe, expect, it } from 'vitest';
import { Blotter } from './blotter.js';
import { type KeptBody, keptBody, redactorFor } from './body.js';
import type { PassedBody } from './finished-call.js';

const SECRET = 'sk-proj-0123456789abcdefghijklmnop';
const passed = (text: string | Buffer, more: Partial<PassedBody> = {}): PassedBody => {
  const bytes = Buffer.from(text as string);
  const all = { passedBytes: bytes.length, isAllKept: true, isEnded: true, isBorrowed: false };
  return { contentType: 'application/json', contentEncoding: '', pieces: [bytes], ...all, ...more };
};
const rules = recordingSettings.parse({ redactDetectors: ['email'] });
const clearing = (settings = recordingSettings.parse({}), maxBytes = 100_000) => ({
  redactor: redactorFor(settings),
  blotter: new Blotter([SECRET]),
  maxBytes,
});
const textOf = ({ pieces }: KeptBody): string =>
  pieces.length === 0 ? '' : zstdDecompressSync(Buffer.concat(pieces)).toString();

describe('what is kept of a body', () => {
  it('is all of it where nothing forbids it', async () => {
    const kept = await keptBody('request', passed('{"a":1}'), clearing());
    expect(textOf(kept)).toBe('{"a":1}');
    expect(recordedBody.parse(kept.body)).toMatchObject({ state: 'whole', bytes: 7, keptBytes: 7, redactions: {} });
  });

  it('says how long it was where that is known, and that it is not where it is not', async () => {
    const limited = passed('{"a"', { isAllKept: false, passedBytes: 900 });
    expect((await keptBody('request', limited, clearing())).body).toMatchObject({ state: 'truncated', bytes: 900 });
    const broken = passed('{"a"', { isEnded: false });
    expect((await keptBody('response', broken, clearing())).body).toMatchObject({ state: 'truncated', bytes: null });
  });

  it.each<[string, string]>([
    ['data: {"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n', 'whole'],
    ['event: message_start\ndata: {"type":"message_start"}\n\ndata: {"type":"message_stop"}\n\n', 'whole'],
    ['event: response.completed\ndata: {"response":{"status":"completed"}}\n\n', 'whole'],
    ['data: {"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}\n\ndata: [DO', 'truncated'],
    ['data: {"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}\n\n', 'truncated'],
    ['{"choices":[{"index":0,"message":{"content":"[DONE]"}}]}', 'truncated'],
  ])('is of a stream whose client left all of it, or not, by its last event: %j', async (text, state) => {
    const left = { contentType: 'text/event-stream', isEnded: false };
    const { body } = await keptBody('response', passed(text, left), clearing());
    expect(body).toMatchObject({ state, bytes: state === 'whole' ? text.length : null });
    const cleared = await keptBody('response', passed(text, left), clearing(rules));
    expect(cleared.body.state).toBe(state === 'whole' ? 'whole' : 'withheld');
    const limited = passed(text, { ...left, isAllKept: false });
    expect((await keptBody('response', limited, clearing())).body.state).toBe('truncated');
  });

  it('is nothing under a coding that cannot be undone', async () => {
    const kept = await keptBody('request', passed('x', { contentEncoding: 'compress' }), clearing());
    expect(kept.body).toMatchObject({ state: 'withheld', reason: 'unreadable', keptBytes: 0 });
  });

  it.each(['whole', 'truncated', 'redacted', 'assembled'])('holds no credential where it is %s', async (state) => {
    const echo = `the key ${SECRET} of`;
    const stream = ['kim@exa', 'mple.com ', echo].map(
      (piece) => `data: {"choices":[{"index":0,"delta":{"role":"assistant","content":"${piece}"}}]}\n\n`,
    );
    const bodies: Record<string, readonly [PassedBody, ReturnType<typeof clearing>]> = {
      whole: [passed(echo), clearing()],
      truncated: [passed(echo, { isEnded: false }), clearing()],
      redacted: [passed(`{"a":"kim@example.com ${echo}"}`), clearing(rules)],
      assembled: [passed(`${stream.join('')}data: [DONE]\n\n`), clearing(rules)],
    };
    const [body, by] = bodies[state] as (typeof bodies)[string];
    const kept = await keptBody('response', body, by);
    expect(textOf(kept)).toContain('the key [credential] of');
    expect(textOf(kept)).not.toContain(SECRET.slice(8, 20));
    expect(kept.body.state).toBe(state === 'whole' ? 'redacted' : state);
    expect(kept.body.redactions.credential).toBe(1);
  });

  it.each<[string, PassedBody, string]>([
    ['no text', passed(Buffer.from([0xff, 0xfe, 0x00])), 'not_text'],
    ['a body that was cut off', passed('{"a":"kim@', { isEnded: false }), 'truncated'],
    ['a body that was too long', passed('{"a":"kim@', { isAllKept: false, passedBytes: 900 }), 'truncated'],
    ['nesting without an end', passed(`${'['.repeat(5_000)}${']'.repeat(5_000)}`), 'failed'],
  ])('is nothing where rules meet %s', async (_what, body, reason) => {
    const kept = await keptBody('request', body, clearing(rules));
    expect(kept.body).toMatchObject({ state: 'withheld', reason, keptBytes: 0, compressedBytes: 0 });
    expect(kept.pieces).toEqual([]);
  });

  it('is nothing where its rules are none that this proxy knows', async () => {
    const unknown = recordingSettings.parse({ redactDetectors: ['of_the_future'] });
    expect((await keptBody('request', passed('{}'), clearing(unknown))).body).toMatchObject({ state: 'withheld' });
    const broken = recordingSettings.parse({ redactPatterns: [{ name: 'broken', pattern: '(' }] });
    expect((await keptBody('request', passed('{}'), clearing(broken))).body).toMatchObject({ state: 'withheld' });
  });
});
