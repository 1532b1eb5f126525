import { expect, test } from 'vitest';
import { readSeedConfig } from './config.js';

const read = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => readSeedConfig(env, args, '/checkout', 1_000);

test('numbers may be written in groups, and what is left out has a default', () => {
  expect(read(['--events', '100_000_000', '--days', '30'])).toMatchObject({
    ...{ events: 100_000_000, days: 30, seed: 1, untilMs: 1_000, amongRealEvents: false, admin: undefined },
    home: '/checkout/.weir',
  });
  expect(read(['--demo']).home).toBe('/checkout/.weir-demo');
  expect(read([], { WEIR_HOME: '/home', WEIR_ADMIN_EMAIL: 'a@b.c', WEIR_ADMIN_PASSWORD: 'word' })).toMatchObject({
    home: '/home',
    admin: { email: 'a@b.c', password: 'word' },
  });
  expect(read(['--until', '2026-11-01T00:00Z']).untilMs).toBe(Date.UTC(2026, 10, 1));
});

test.each([
  [['--events', '0']],
  [['--events', '1e9x']],
  [['--days', '1.5']],
  [['--until', 'yesterday']],
  [['--evnets', '5']],
])('%j is refused with the usage', (args) => {
  expect(() => read(args)).toThrow(/npm run seed:usage/);
});
