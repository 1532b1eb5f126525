import { describe, expect, it } from 'vitest';
import { secretValueProblem, sentSecretValue } from './secret-value';

describe('a pasted value', () => {
  it.each([
    ['weir_abc_def', /token of this gateway/],
    ['"sk-abc"', /quotation marks/],
    ['“sk-abc”', /quotation marks/],
    ['Bearer sk-abc', /Bearer/],
    ['sk-abc def', /space or line break/],
    ['sk-abc\ndef', /space or line break/],
    ['sk-äbc', /no key contains/],
    ['sk-a\u200bbc', /no key contains/],
  ])('%j is refused with the reason', (value, reason) => {
    expect(secretValueProblem(value)).toMatch(reason);
  });

  it('may carry blanks around it, as pasted text does', () => {
    expect(secretValueProblem('  sk-proj-abc_DEF-123 \n')).toBeNull();
    expect(secretValueProblem('')).toBeNull();
  });

  it('is never repeated in a complaint', () => {
    for (const value of ['Bearer sk-abc', 'sk-abc def', '"sk-abc"', 'sk-äbc']) {
      expect(secretValueProblem(value)).not.toContain('abc');
    }
  });
});

describe('a service-account key file', () => {
  const file = { type: 'service_account', client_email: 'a@b.iam', private_key: '-----BEGIN\nKEY-----\n' };
  const pasted = `${JSON.stringify(file, null, 2)}\n`;

  it('is taken whole and sent on one line', () => {
    expect(secretValueProblem(pasted, 'service_account_key')).toBeNull();
    expect(sentSecretValue(pasted, 'service_account_key')).toBe(JSON.stringify(file));
    expect(secretValueProblem(pasted)).toBeNull();
    expect(sentSecretValue(pasted)).toBe(JSON.stringify(file));
  });

  it.each([
    [pasted.slice(0, 60), /not the whole JSON/],
    ['AIza-some-key', /not the whole JSON/],
    [JSON.stringify({ ...file, type: 'authorized_user' }), /no service-account key/],
    [JSON.stringify({ type: 'service_account' }), /lacks its private_key/],
  ])('%j is refused with the reason', (value, reason) => {
    expect(secretValueProblem(value, 'service_account_key')).toMatch(reason);
  });

  it('is no API key', () => {
    expect(secretValueProblem(pasted, 'api_key')).toMatch(/space or line break/);
    expect(sentSecretValue(' {"a": 1} ', 'api_key')).toBe('{"a": 1}');
  });
});
