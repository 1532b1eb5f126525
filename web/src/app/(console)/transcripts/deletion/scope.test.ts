import { expect, test } from 'vitest';
import { scopeInput, scopeText } from './scope';

const NOTHING = { conversation: '', app: '', user: ' ', provider: '', from: null, to: null };

test('a form that restricts nothing deletes nothing', () => {
  expect(scopeInput(NOTHING)).toBeNull();
  expect(scopeInput({ ...NOTHING, user: ' ann ', to: new Date(0) })).toEqual({
    user: 'ann',
    to: '1970-01-01T00:00:00.000Z',
  });
});

test('a scope is told by the names of things, and by ids of what is gone', () => {
  const none = { conversationId: null, appId: null, user: null, providerId: null, from: null, to: null };
  const names = { apps: [{ id: 'a1', name: 'shop' }], providers: { nodes: [] } };
  expect(scopeText({ ...none, appId: 'a1', user: 'ann', providerId: 'p9' }, names)).toBe(
    'App shop, User ann, Provider p9',
  );
});
