import { describe, expect, it } from 'vitest';
import { freeSecretId, SECRET_ID, secretIdProblem, toSecretId } from './secret-id';

describe('a secret id made of other text', () => {
  it.each([
    ['openai-prod key', 'OPENAI_PROD_KEY'],
    ['  4o_key__', 'O_KEY'],
    ['Zürich', 'ZURICH'],
    ['日本', ''],
  ])('%j becomes %j', (text, id) => {
    expect(toSecretId(text)).toBe(id);
  });
});

describe('a suggested id', () => {
  it('is the type’s own while that is free', () => {
    expect(freeSecretId('OPENAI_API_KEY', 'openai-eu_api_key', [])).toBe('OPENAI_API_KEY');
  });

  it('takes the provider’s name next, then numbers', () => {
    expect(freeSecretId('OPENAI_API_KEY', 'openai-eu_api_key', ['OPENAI_API_KEY'])).toBe('OPENAI_EU_API_KEY');
    expect(freeSecretId('OPENAI_API_KEY', '', ['OPENAI_API_KEY', 'OPENAI_API_KEY_2'])).toBe('OPENAI_API_KEY_3');
    expect(freeSecretId('OPENAI_API_KEY', 'a_api_key', ['OPENAI_API_KEY', 'A_API_KEY'])).toBe('A_API_KEY_2');
  });

  it('is valid even for the longest provider name', () => {
    expect(freeSecretId('X', 'p'.repeat(200), ['X'])).toMatch(SECRET_ID);
  });
});

describe('what is wrong with an id', () => {
  it.each([
    ['openai', /capital letters only/],
    ['OPEN AI', /A space/],
    ['OPEN-AI', /“-”/],
    ['_KEY', /Start with a letter/],
    ['1KEY', /Start with a letter/],
    ['K'.repeat(129), /at most 128/],
    ['TAKEN', /exists already/],
  ])('%j is named', (id, problem) => {
    expect(secretIdProblem(id, ['TAKEN'])).toMatch(problem);
  });

  it('nothing is wrong with a good one', () => {
    expect(secretIdProblem('OPENAI_API_KEY', [])).toBeNull();
  });
});
