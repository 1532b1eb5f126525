import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closedJson } from './cut-json.js';
import { readRequest } from './index.js';

test('the beginning of any request is JSON, and says nothing that the whole does not', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), fc.boolean(), (value, n, isSpread) => {
      const text = JSON.stringify(value, null, isSpread ? 1 : 0);
      const cut = 1 + (n % text.length);
      expect(isBeginningOf(JSON.parse(closedJson(text.slice(0, cut))), JSON.parse(text))).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('a string is kept as far as it came, without half a character', () => {
  const whole = JSON.stringify({ a: ['x"\\ \u0007 é 😀 end'] });
  for (let cut = 7; cut < whole.length; cut++) {
    const { a } = JSON.parse(closedJson(whole.slice(0, cut))) as { a: string[] };
    expect(Buffer.from(a[0] ?? '').toString()).toBe(a[0]);
    expect('x"\\ \u0007 é 😀 end'.startsWith(a[0] as string)).toBe(true);
  }
});

test('a cut request is read as far as it came, and only where it is known to be cut', () => {
  const request = { model: 'm', system: 'Be brief.', messages: [{ role: 'user', content: 'How high is the water?' }] };
  const body = Buffer.from(JSON.stringify(request)).subarray(0, -14);
  expect(readRequest('messages', body).unreadable).toBe('not_json');
  expect(readRequest('messages', body, true)).toMatchObject({
    systemInstructions: [{ content: 'Be brief.' }],
    inputMessages: [{ role: 'user', parts: [{ content: 'How high is ' }] }],
    unreadable: null,
  });
});

function isBeginningOf(part: unknown, whole: unknown): boolean {
  if (typeof part === 'string') return typeof whole === 'string' && whole.startsWith(part);
  if (typeof part !== 'object' || part === null) return Object.is(part, whole);
  if (typeof whole !== 'object' || whole === null || Array.isArray(part) !== Array.isArray(whole)) return false;
  return Object.entries(part).every(([name, value]) => isBeginningOf(value, whole[name as keyof typeof whole]));
}
