import { type CatalogEntry, formatUsd, type UsageEvent } from '@weir/contracts';
import { expect, test } from 'vitest';
import { bookOf, entryOf, eventOf } from '../test/books.js';
import { rate } from './rate.js';
import { shippedCatalog } from './shipped.js';

const { entries } = shippedCatalog();
const book = (all: readonly CatalogEntry[]) => bookOf(all);
const HOME = '/v1/projects/p-1/locations';
const rated = (over: Partial<UsageEvent>, all: readonly CatalogEntry[] = entries) => {
  const event = { providerType: 'vertex' as const, meters: { input: 1_000_000, output: 0 }, ...over };
  const { reason, total } = rate(eventOf(event), book(all));
  return [reason, total === null ? null : formatUsd(total)];
};

// https://platform.claude.com/docs/en/build-with-claude/claude-on-vertex-ai: a single region costs 10 % more
test.each<[string, string, (string | null)[]]>([
  ['claude-sonnet-4-6', `${HOME}/global/publishers/anthropic/models/claude-sonnet-4-6:rawPredict`, [null, '3']],
  ['claude-sonnet-4-6', `${HOME}/us-east5/publishers/anthropic/models/claude-sonnet-4-6:rawPredict`, [null, '3.3']],
  ['claude-sonnet-4-6', '/publishers/anthropic/models/claude-sonnet-4-6:rawPredict', ['rate_missing', null]],
  ['gemini-2.5-flash', `${HOME}/us-east5/publishers/google/models/gemini-2.5-flash:generateContent`, [null, '0.3']],
  ['gemini-2.5-flash', '/v1beta/models/gemini-2.5-flash:generateContent', [null, '0.3']],
  ['claude-4-opus', `${HOME}/us-east5/publishers/anthropic/models/claude-opus-4:rawPredict`, [null, '15']],
])('%s at %s', (servedModel, path, expected) => {
  expect(rated({ servedModel, path })).toEqual(expected);
});

test('a special tier in a single region is unpriced: nobody says what both come to', () => {
  const [base] = entryOfBoth();
  const path = `${HOME}/europe-west1/publishers/anthropic/models/m:rawPredict`;
  expect(rated({ servedModel: 'm', path, serviceTier: 'flex' }, [base])).toEqual(['service_tier', null]);
  expect(rated({ servedModel: 'm', path }, [base])).toEqual([null, '2.2']);
  expect(rated({ servedModel: 'm', path: `${HOME}/global/m`, serviceTier: 'flex' }, [base])).toEqual([null, '1']);
});

function entryOfBoth(): [CatalogEntry] {
  const at = (usdPerMillion: string) => ({ input: [{ above: 0, usdPerMillion }] });
  const over = { vendor: 'google', serviceTiers: { flex: at('1') }, placeRates: { regional: at('2.2') } };
  return [entryOf('m', { input: '2' }, over)];
}
