import { describe, expect, it } from 'vitest';
import { namedByConnection, readableCodings, requestHeaderRule, responseHeaders } from './headers.js';

describe('accept-encoding', () => {
  it.each([
    ['gzip, deflate', 'gzip, deflate'],
    ['gzip, deflate, br, zstd', 'gzip, deflate, zstd'],
    ['br', 'identity'],
    ['br;q=1.0, gzip;q=0.8', 'gzip;q=0.8'],
    ['*', 'gzip, deflate'],
    ['*;q=0', 'gzip;q=0, deflate;q=0'],
    ['identity', 'identity'],
    ['GZip , BR', 'GZip'],
    ['', 'identity'],
  ])('%j asks the upstream for %j', (asked, sent) => {
    expect(readableCodings(asked)).toBe(sent);
  });
});

describe('connection', () => {
  it.each([
    ['keep-alive', null],
    ['Keep-Alive, Close', null],
    ['close, X-Secret , te', ['x-secret', 'te']],
    ['', null],
  ])('%j names %j', (value, names) => {
    expect(namedByConnection(value)).toEqual(names);
  });
});

describe('response headers', () => {
  it('lose what speaks of the upstream’s connection and origin, and anything that looks like ours', () => {
    const headers = {
      'content-type': 'text/plain',
      'content-length': '3',
      connection: 'close, X-Hop',
      'x-hop': '1',
      'transfer-encoding': 'chunked',
      'set-cookie': ['a=1', 'b=2'],
      server: 'nginx',
      'alt-svc': 'h3=":443"',
      'strict-transport-security': 'max-age=1',
      'x-weir-error': 'token_invalid',
      'x-weir-request-id': 'spoof',
      'proxy-authenticate': 'Basic',
      'retry-after': '3',
      link: ['<a>', '<b>'],
    };
    expect(responseHeaders(headers, [])).toEqual([
      'content-type',
      'text/plain',
      'retry-after',
      '3',
      'link',
      '<a>',
      'link',
      '<b>',
    ]);
  });
});

it('drops credentials of dialects it is told of', () => {
  const isDropped = requestHeaderRule(['x-vendor-key']);
  expect(
    ['x-vendor-key', 'authorization', 'x-forwarded-for', 'x-weir-tags', 'proxy-authorization'].every(isDropped),
  ).toBe(true);
  expect(['user-agent', 'anthropic-version', 'openai-beta', 'x-stainless-lang', 'traceparent'].some(isDropped)).toBe(
    false,
  );
});
