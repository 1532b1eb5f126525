import { describe, expect, test } from 'vitest';
import { scrub } from './scrub.js';

const SECRET = 'sk-canary+0123/456789abcdef';

describe('no trace of the credential is left', () => {
  const encoded = (text: string) => Buffer.from(text).toString('base64');
  test.each([
    ['as it is', SECRET],
    ['twice', `${SECRET} and ${SECRET}`],
    ['in a header', `authorization: Bearer ${SECRET}`],
    ['in JSON', JSON.stringify({ error: { message: `bad key ${SECRET}` } })],
    ['cut at the end', `key ${SECRET.slice(0, 14)}...`],
    ['cut at the start', `...${SECRET.slice(-12)}`],
    ['in base64', encoded(SECRET)],
    ['in base64, one before', encoded(`:${SECRET}`)],
    ['in base64, with its scheme', encoded(`Bearer ${SECRET}`)],
    ['in base64, as basic credentials', encoded(`user:${SECRET}@`)],
    ['in base64url', Buffer.from(`x${SECRET}`).toString('base64url')],
    ['in a query', `?key=${encodeURIComponent(SECRET)}`],
    ['in hex', Buffer.from(SECRET).toString('hex')],
    ['in upper-case hex', Buffer.from(SECRET).toString('hex').toUpperCase()],
    ['backwards', [...SECRET].reverse().join('')],
  ])('%s', (_, text) => {
    const clean = scrub(`before ${text} after`, SECRET);
    expect(clean).toMatch(/^before .*\[credential\].* after$/s);
    const forms = [SECRET, Buffer.from(SECRET).toString('hex'), encodeURIComponent(SECRET)];
    for (const form of forms) {
      for (let at = 0; at + 12 <= form.length; at++) expect(clean).not.toContain(form.slice(at, at + 12));
    }
    // What is left of an encoded form must not decode to a usable part of the value either.
    for (const word of clean.split(/[^A-Za-z0-9+/_-]+/)) {
      for (const offset of [0, 1, 2, 3]) {
        const decoded = Buffer.from(word.slice(offset), 'base64').toString('latin1');
        for (let at = 0; at + 8 <= SECRET.length; at++) expect(decoded).not.toContain(SECRET.slice(at, at + 8));
      }
    }
  });
});

test('text without a trace comes back unchanged', () => {
  const text = 'Incorrect API key provided: sk-ca***def. You can find your API key at https://example.com.';
  expect(scrub(text, SECRET)).toBe(text);
});

test('a short credential is matched whole', () => {
  expect(scrub('key abc is wrong', 'abc')).toBe('key [credential] is wrong');
  expect(scrub('', 'abc')).toBe('');
});

test('a long body takes no noticeable time per character', () => {
  const text = 'x'.repeat(64 * 1024) + SECRET;
  expect(scrub(text, SECRET)).toBe(`${'x'.repeat(64 * 1024)}[credential]`);
});
