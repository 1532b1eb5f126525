import { describe, expect, test } from 'vitest';
import { failureOf } from './call.js';
import { explain, FAILURES, type Subject } from './explain.js';

const SUBJECT: Subject = {
  ...{ type: 'openai', kind: 'api_key', host: 'api.example.com', model: 'gpt-x', region: null },
  ...{ secretIds: ['KEY'], passthrough: false },
};
const answered = (status: number, input: Partial<Subject> & { isHtml?: boolean; isReadable?: boolean } = {}) => {
  const { isHtml = false, isReadable = true, ...subject } = input;
  const said = { code: null, error: null };
  return explain({ kind: 'answered', status, isHtml, isReadable, said }, { ...SUBJECT, ...subject });
};

test.each(FAILURES)('%s names the host and what to check, in one sentence or two', (failure) => {
  const { ok, summary } = explain({ kind: 'failed', failure }, SUBJECT);
  expect(ok).toBe(false);
  expect(summary).toContain('api.example.com');
  expect(summary.length).toBeLessThan(200);
});

describe('answers', () => {
  test('success names model and secret', () => {
    expect(answered(200)).toEqual({ ok: true, summary: 'Connected. gpt-x answered with KEY.' });
    expect(answered(200, { model: null, secretIds: [] })).toEqual({
      ok: true,
      summary: 'Connected. The upstream listed its models.',
    });
  });

  test.each([
    [301, /redirects are not followed/],
    [400, /did not accept the test call/],
    [401, /value of KEY/],
    [403, /permissions for gpt-x/],
    [404, /does not know gpt-x/],
    [418, /turned the test call down/],
    [422, /did not accept the test call/],
    [429, /credential works; check quota/],
    [500, /problem of its own/],
    [503, /problem of its own/],
  ])('%i says what to check', (status, expected) => {
    expect(answered(status)).toEqual({ ok: false, summary: expect.stringMatching(expected) });
  });

  test('401 without a secret asks for one', () => {
    expect(answered(401, { secretIds: [] }).summary).toContain('choose a secret');
  });

  test('a web page is no success, whatever its status', () => {
    expect(answered(200, { isHtml: true })).toEqual({ ok: false, summary: expect.stringContaining('web page (200)') });
  });

  test('something that is not this API is no success', () => {
    expect(answered(200, { isReadable: false }).ok).toBe(false);
  });

  test('with passthrough, wanting a credential proves the address', () => {
    expect(answered(401, { passthrough: true, secretIds: [] })).toMatchObject({ ok: true });
    expect(answered(404, { passthrough: true, secretIds: [] })).toMatchObject({ ok: false });
  });
});

test.each([
  ['ENOTFOUND', 'DNS_FAILED'],
  ['ECONNREFUSED', 'CONNECTION_REFUSED'],
  ['ECONNRESET', 'CONNECTION_RESET'],
  ['UND_ERR_SOCKET', 'CONNECTION_RESET'],
  ['UND_ERR_CONNECT_TIMEOUT', 'TIMEOUT'],
  ['CERT_HAS_EXPIRED', 'TLS_FAILED'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'TLS_FAILED'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'TLS_FAILED'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'TLS_FAILED'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'TLS_FAILED'],
  ['EADDRNOTPUBLIC', 'ADDRESS_NOT_PUBLIC'],
  ['HPE_INVALID_CONSTANT', 'ANSWER_INVALID'],
  ['SOMETHING_NEW', 'HOST_UNREACHABLE'],
])('%s is %s', (code, failure) => {
  expect(failureOf(Object.assign(new Error('x'), { code }))).toBe(failure);
});

test('several addresses that all failed are judged by the first', () => {
  const refused = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
  expect(failureOf(new AggregateError([refused]))).toBe('CONNECTION_REFUSED');
});
