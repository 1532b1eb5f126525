import { expect, test } from 'vitest';
import { endsSoon, stateOf } from './token-state';

const NOW = new Date('2026-11-21T12:00:00Z');
const token = (expiresAt: string | null, revokedAt: string | null = null) => ({ expiresAt, revokedAt });

test('a token is active until it ends or is revoked', () => {
  expect(stateOf(token(null), NOW)).toBe('active');
  expect(stateOf(token('2026-11-21T12:00:01Z'), NOW)).toBe('active');
  expect(stateOf(token('2026-11-21T12:00:00Z'), NOW)).toBe('expired');
  expect(stateOf(token('2026-11-20T12:00:00Z', '2026-11-19T12:00:00Z'), NOW)).toBe('revoked');
});

test('only one that works ends soon', () => {
  expect(endsSoon(token('2026-12-05T12:00:00Z'), NOW)).toBe(true);
  expect(endsSoon(token('2026-12-05T12:00:01Z'), NOW)).toBe(false);
  expect(endsSoon(token('2026-11-20T12:00:00Z'), NOW)).toBe(false);
  expect(endsSoon(token('2026-11-22T12:00:00Z', '2026-11-21T11:00:00Z'), NOW)).toBe(false);
  expect(endsSoon(token(null), NOW)).toBe(false);
});
