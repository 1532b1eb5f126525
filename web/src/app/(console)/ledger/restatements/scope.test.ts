import { expect, it } from 'vitest';
import { scopeText } from './scope';

const NONE = { providers: [], models: [], apps: [], environments: [], unpricedOnly: false };

it('says what a restatement is narrowed to, and nothing where it is not', () => {
  expect(scopeText(NONE)).toBe('');
  expect(scopeText({ ...NONE, providers: ['openai'], models: ['a', 'b', 'c', 'd'], unpricedOnly: true })).toBe(
    'openai; a, b and 2 more; unpriced only',
  );
});
