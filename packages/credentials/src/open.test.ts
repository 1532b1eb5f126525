import { describe, expect, it } from 'vitest';
import { Clock, partsOf, REQUEST } from '../test/support/parts.js';
import { openCredential } from './open.js';

const API_KEY = { kind: 'api_key', secrets: { api_key: ' sk-1\n' }, settings: {} } as const;

describe('an API key', () => {
  it('is presented as its dialect does, the same pairs each time, without the blanks around it', () => {
    const credential = openCredential(API_KEY, partsOf(new Clock()));
    expect(credential.fixed).toEqual(['x-key', 'sk-1']);
    expect(credential.present(REQUEST)).toBe(credential.fixed);
    expect(credential.confidential).toEqual(['sk-1']);
  });

  it('is presented by path where the dialect says so', () => {
    const dialect = {
      isCredentialByPath: true,
      credentialFor: (secret: string, path = '') => [path.startsWith('/openai') ? 'x-two' : 'x-one', secret],
    };
    const credential = openCredential(API_KEY, partsOf(new Clock(), { dialect }));
    expect(credential.fixed).toBeNull();
    expect(credential.present({ ...REQUEST, path: '/v1' })).toEqual(['x-one', 'sk-1']);
    expect(credential.present({ ...REQUEST, path: '/openai' })).toEqual(['x-two', 'sk-1']);
  });

  it('that is blank is missing', () => {
    const input = { ...API_KEY, secrets: { api_key: ' ' } };
    expect(() => openCredential(input, partsOf(new Clock()))).toThrow(
      expect.objectContaining({ code: 'CREDENTIAL_INCOMPLETE', message: expect.stringContaining('api key') }),
    );
  });
});

it('no credential presents nothing', () => {
  expect(openCredential({ kind: 'none', secrets: {}, settings: {} }, partsOf(new Clock())).fixed).toEqual([]);
});
