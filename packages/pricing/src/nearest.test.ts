import type { PriceBook } from '@weir/contracts';
import { expect, test } from 'vitest';
import { nearestKnown } from './nearest.js';
import { shippedCatalog } from './shipped.js';
import { CATALOG_VENDORS } from './vendors.js';

const AT = Date.UTC(2026, 10, 21);
const version = { id: 'v', source: 's', sourceVersion: '1', effectiveFrom: 0, entries: shippedCatalog().entries };
const book: PriceBook = {
  format: 1,
  version: 1,
  vendors: CATALOG_VENDORS,
  versions: [version],
  overrides: [],
  exchangeRates: [],
};
const nearest = (
  providerType: Parameters<typeof nearestKnown>[0]['providerType'],
  model: string,
  quantities: [string, number][] = [],
) =>
  nearestKnown(
    {
      providerType,
      model,
      quantities: quantities.map(([bucket, quantity]) => ({ bucket, quantity: BigInt(quantity) })),
    },
    book,
    AT,
  );

test.each([
  ['openai', 'gpt-4.1-2030-01-01', 'gpt-4.1'],
  ['openai', 'gpt-4.1-nano-next', 'gpt-4.1-nano'],
  ['anthropic', 'claude-sonnet-4-6-latest', 'claude-sonnet-4-6'],
  ['bedrock', 'eu.anthropic.claude-haiku-4-5-20301001-v2:0', 'eu.anthropic.claude-haiku-4-5-20251001-v1:0'],
] as const)('of %s the nearest to %s is %s', (type, model, expected) => {
  expect(nearest(type, model)).toMatchObject({ model: expected, because: expect.stringContaining(expected) });
});

test('what they have in common is said as it is written', () => {
  expect(nearest('openai', 'gpt-4.1-next')?.because).toBe(
    'gpt-4.1-next has no price; gpt-4.1 of openai is the nearest by name, with “gpt-4.1” in common.',
  );
});

test('a new version is nearest to one of the same family, never to another one', () => {
  expect(nearest('anthropic', 'claude-haiku-9-1')?.model).toMatch(/^claude-haiku-\d/);
  expect(nearest('openai', 'o3-next')?.model).toBe('o3');
});

test.each([
  ['openai', 'gpt-nobody-knows-what'],
  ['openai', 'home-made'],
  ['anthropic', 'claude-unheard-of'],
  ['bedrock', 'us.anthropic.unheard-of-v1:0'],
  ['openai_compatible', 'gpt-4.1'],
  ['openai', ''],
] as const)('of %s nothing is near %j', (type, model) => {
  expect(nearest(type, model)).toBeNull();
});

test('the exposure is quantity x rate of the nearest model, with reasoning at its output rate', () => {
  // https://developers.openai.com/api/docs/pricing: gpt-4.1 2 and 8, cached 0.50
  const use: [string, number][] = [
    ['input', 1_000_000],
    ['cached_input', 2_000_000],
    ['reasoning', 500_000],
  ];
  expect(nearest('openai', 'gpt-4.1-2030-01-01', use)?.exposureUsd).toBe('7');
  expect(nearest('openai', 'gpt-4.1-2030-01-01', [...use, ['audio_output', 1_000]])?.exposureUsd).toBe('7.008');
  expect(nearest('openai', 'gpt-4.1-2030-01-01', [['other:codeExecutions', 1]])?.exposureUsd).toBeNull();
});

test('where nothing is known to have been used the exposure is unknown, not zero', () => {
  expect(nearest('openai', 'gpt-4.1-2030-01-01')).toMatchObject({ model: 'gpt-4.1', exposureUsd: null });
  expect(nearest('openai', 'gpt-4.1-2030-01-01', [['input', 0]])?.exposureUsd).toBeNull();
});

test('a listed model of which only something has no price stands for itself', () => {
  // https://developers.openai.com/api/docs/pricing: gpt-4.1 2 and 8
  expect(nearest('openai', 'gpt-4.1-2025-04-14', [['output', 1_000_000]])).toMatchObject({
    ...{ vendor: 'openai', model: 'gpt-4.1', exposureUsd: '8' },
    because: expect.stringContaining('ordinary rates'),
  });
});
