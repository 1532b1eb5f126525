import { describe, expect, test } from 'vitest';
import { clientAddresses } from './client-address';
import { contentSecurityPolicy } from './content-security-policy';
import { refusalOf } from './refusal';

describe('client address', () => {
  test('a claim from anybody is replaced by the peer of the socket', () => {
    expect(clientAddresses('1.2.3.4', '::ffff:10.0.0.9', new Set())).toBe('10.0.0.9');
    expect(clientAddresses(undefined, '10.0.0.9', new Set())).toBe('10.0.0.9');
  });

  test('a named reverse proxy is believed, and named itself', () => {
    expect(clientAddresses('1.2.3.4', '10.0.0.9', new Set(['10.0.0.9']))).toBe('1.2.3.4, 10.0.0.9');
  });
});

describe('requests turned away', () => {
  test.each(['x-middleware-subrequest', 'next-action', 'next-resume', 'upgrade', 'x-invoke-path'])('%s', (name) => {
    expect(refusalOf(new Headers({ [name]: '1' }), 'GET')?.status).toBe(400);
  });

  test('methods that no page has', () => {
    expect(refusalOf(new Headers(), 'TRACE')?.status).toBe(405);
    expect(refusalOf(new Headers(), 'DELETE')?.status).toBe(405);
  });

  test('a plain page view passes', () => {
    expect(refusalOf(new Headers({ accept: 'text/html', rsc: '1' }), 'GET')).toBeNull();
  });
});

test('the policy names no origin but our own and no unsafe script', () => {
  const policy = contentSecurityPolicy('abc', { development: false });
  expect(policy).not.toMatch(/https?:|\*/);
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("img-src 'self' data:");
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("worker-src 'none'");
});
