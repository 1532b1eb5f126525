import { type CatalogEntry, type CatalogEntryInput, catalogEntry } from '@weir/contracts';
import { expect, test } from 'vitest';
import type { Listing } from './listing.js';
import { merge } from './merge.js';

const entry = (source: string, model: string, usd: readonly [string, string], over: Partial<CatalogEntryInput> = {}) =>
  catalogEntry.parse({
    ...{ vendor: 'groq', model, displayName: null, contextTokens: null, match: null },
    ...{ from: null, until: null, daily: null },
    rates: { input: [{ above: 0, usdPerMillion: usd[0] }], output: [{ above: 0, usdPerMillion: usd[1] }] },
    provenance: { source, sourceVersion: '1', url: null, asOf: '2026-11-21' },
    ...over,
  });
const listing = (...entries: CatalogEntry[]): Listing => ({
  ...{ source: { name: 'second', version: '1', asOf: '2026-11-21' }, refused: [], entries },
});
const summary = (entries: readonly CatalogEntry[]) =>
  entries.map(({ model, rates, provenance }) => [model, rates.input?.[0]?.usdPerMillion, provenance?.source]);

test('a model only the second list has is added, one that both have keeps the first list’s price', () => {
  const merged = merge(
    [entry('first', 'both', ['1', '2'])],
    listing(entry('second', 'both', ['9', '9']), entry('second', 'only', ['3', '4'])),
  );
  expect(summary(merged.entries)).toEqual([
    ['both', '1', 'first'],
    ['only', '3', 'second'],
  ]);
  expect(merged.disagreements).toEqual([
    { vendor: 'groq', model: 'both', preferred: '1 / 2', other: '9 / 9', used: 'first' },
  ]);
});

test('an id that the first list covers by a rule gets an entry with that rule’s rates, tiers and dates', () => {
  const tiers = [
    { above: 0, usdPerMillion: '1' },
    { above: 200_000, usdPerMillion: '2' },
  ];
  const rule = { match: { startsWith: 'claude-x' } };
  const dated = [
    entry('first', 'claude-x', ['5', '2'], { ...rule, until: 1_000 }),
    entry('first', 'claude-x', ['1', '2'], {
      ...{ ...rule, from: 1_000, rates: { input: tiers, output: [{ above: 0, usdPerMillion: '2' }] } },
    }),
  ];
  const described = { displayName: 'X (2025)', capabilities: ['tools'], maxOutputTokens: 64_000 };
  const { entries, disagreements } = merge(dated, listing(entry('second', 'claude-x-20250929', ['1', '2'], described)));
  expect(disagreements).toEqual([]);
  expect(entries.slice(2)).toMatchObject([
    { model: 'claude-x-20250929', match: null, until: 1_000, displayName: 'X (2025)' },
    { model: 'claude-x-20250929', from: 1_000, rates: { input: tiers }, capabilities: ['tools'] },
  ]);
});

// https://groq.com/pricing: gpt-oss-safeguard-20b is its own model, a rule for gpt-oss-120b happens to fit its name.
test('a list that names an id knows better than a rule that happens to fit it, and the difference is reported', () => {
  const rule = { match: { contains: 'gpt-oss' } };
  const { entries, disagreements } = merge(
    [entry('first', 'gpt-oss-120b', ['0.15', '0.6'], rule)],
    listing(entry('second', 'gpt-oss-safeguard-20b', ['0.075', '0.3'])),
  );
  expect(summary(entries)).toEqual([
    ['gpt-oss-120b', '0.15', 'first'],
    ['gpt-oss-safeguard-20b', '0.075', 'second'],
  ]);
  expect(disagreements).toMatchObject([{ used: 'second' }]);
});

// https://aws.amazon.com/bedrock/pricing/: a single region and a geography cost 10 % more than the global profile.
test('a bare Bedrock id has the price of a region, not that of the global profile', () => {
  const claude = 'anthropic.claude-sonnet-4-5';
  const rule = { vendor: 'aws', match: { contains: claude } };
  const { entries } = merge(
    [entry('first', `regional.${claude}`, ['3.3', '16.5'], rule)],
    listing(
      entry('second', claude, ['3', '15'], { vendor: 'aws' }),
      entry('second', `eu.${claude}`, ['3.4', '17'], { vendor: 'aws' }),
    ),
  );
  expect(summary(entries).slice(1)).toEqual([
    [claude, '3.3', 'first'],
    [`eu.${claude}`, '3.4', 'second'],
  ]);
});
