import { expect, test } from 'vitest';
import { stateOf } from './token-state.js';

const NOW = new Date('2026-06-01T00:00:00Z');
const BEFORE = new Date(NOW.getTime() - 1);
const AFTER = new Date(NOW.getTime() + 1);

test.each([
  [null, null, 'active'],
  [null, AFTER, 'active'],
  [null, NOW, 'expired'],
  [null, BEFORE, 'expired'],
  [BEFORE, null, 'revoked'],
  [BEFORE, BEFORE, 'revoked'],
])('revoked at %j, expiring at %j: %s', (revokedAt, expiresAt, state) => {
  expect(stateOf({ revokedAt, expiresAt }, NOW)).toBe(state);
});
