import { expect, test } from 'vitest';
import { type Asked, conversationFilter, isNarrowed } from './filter';

const range = { from: new Date('2026-11-01T00:00:00Z'), to: new Date('2026-11-08T00:00:00Z') };
const nothing: Asked = {
  ...{ providers: [], models: [], apps: [], users: [], agents: [], environments: [], tags: [], range },
  ...{ q: '', status: [], errors: [], slower: null, costlier: null },
};

test('a range alone asks for nothing else', () => {
  expect(conversationFilter(nothing)).toEqual({ from: '2026-11-01T00:00:00.000Z', to: '2026-11-08T00:00:00.000Z' });
  expect(isNarrowed(nothing)).toBe(false);
});

test('everything that is set is asked for under the API’s names, times in milliseconds and money as text', () => {
  const asked: Asked = {
    ...nothing,
    ...{ providers: ['openai'], users: [''], tags: ['team=a', 'team=b', 'x=1'], q: '  rate limit ' },
    ...{ status: ['error'], errors: ['rate_limit_exceeded'], slower: '2.5', costlier: '0.000000000001' },
  };
  expect(conversationFilter(asked)).toMatchObject({
    ...{ providers: ['openai'], users: [''], search: 'rate limit', statuses: ['error'] },
    ...{ errorCodes: ['rate_limit_exceeded'], slowerThanMs: 2_500, costlierThan: '0.000000000001' },
    tags: [
      { key: 'team', values: ['a', 'b'] },
      { key: 'x', values: ['1'] },
    ],
  });
  expect(isNarrowed(asked)).toBe(true);
  for (const one of [{ q: 'a' }, { slower: '0' }, { tags: ['a=b'] }, { status: ['error'] as const }]) {
    expect(isNarrowed({ ...nothing, ...one })).toBe(true);
  }
});
