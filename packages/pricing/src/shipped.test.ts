import { type Bucket, PROVIDER_TYPES, type ProviderType } from '@weir/contracts';
import { describe, expect, test } from 'vitest';
import { openCatalog, type ServiceTier } from './catalog.js';
import { parseCatalog, versionIdOf } from './document.js';
import { shippedCatalog } from './shipped.js';
import { CATALOG_VENDORS } from './vendors.js';

const { entries, ...head } = shippedCatalog();
const version = { id: 'v', source: 's', sourceVersion: '1', effectiveFrom: 0, entries };
const catalog = openCatalog(version, CATALOG_VENDORS);
const AT = Date.UTC(2026, 10, 21, 12);
const rateOf = (type: ProviderType, model: string, bucket: Bucket, tier?: ServiceTier, inputTokens = 1_000) =>
  catalog.find(type, model, AT)?.rateOf(bucket, inputTokens, tier)?.usdPerMillion ?? null;
const card = (type: ProviderType, model: string, tier?: ServiceTier) =>
  (['input', 'output', 'cached_input', 'cache_write_5m', 'cache_write_1h'] as const).map((bucket) =>
    rateOf(type, model, bucket, tier),
  );

test('more than 2,500 entries have a price, and each says where it was read and when', () => {
  const priced = entries.filter(({ rates }) => Object.keys(rates).length > 0);
  expect(priced.length).toBeGreaterThan(2_500);
  for (const { provenance, addedFrom } of entries) {
    for (const one of [provenance, ...Object.values(addedFrom)]) {
      expect(one).toMatchObject({
        source: expect.stringMatching(/./),
        asOf: expect.stringMatching(/^20\d\d-\d\d-\d\d$/),
      });
    }
  }
  expect(head.sources.every(({ licence }) => licence === 'MIT')).toBe(true);
});

test('rates that were added by hand name the page', () => {
  const pages = entries.flatMap(({ addedFrom }) => Object.values(addedFrom).map(({ url }) => url));
  expect(pages.length).toBeGreaterThan(300);
  expect(pages.filter((url) => !url?.startsWith('https://'))).toEqual([]);
});

test('every provider type either has a list with prices or is known to have none', () => {
  const vendors = new Set(entries.map(({ vendor }) => vendor));
  const without = PROVIDER_TYPES.filter((type) => CATALOG_VENDORS[type].length === 0);
  expect(without).toEqual(['replicate', 'ollama', 'openai_compatible']);
  for (const vendor of Object.values(CATALOG_VENDORS).flat()) expect(vendors).toContain(vendor);
});

describe('rate cards as on the vendors’ pages', () => {
  test.each<[ProviderType, string, (string | null)[]]>([
    // https://platform.claude.com/docs/en/about-claude/pricing
    ['anthropic', 'claude-sonnet-4-6', ['3', '15', '0.3', '3.75', '6']],
    ['anthropic', 'claude-haiku-4-5-20251001', ['1', '5', '0.1', '1.25', '2']],
    ['anthropic', 'claude-opus-4-8', ['5', '25', '0.5', '6.25', '10']],
    // https://developers.openai.com/api/docs/pricing
    ['openai', 'gpt-4.1', ['2', '8', '0.5', null, null]],
    ['openai', 'gpt-6-sol', ['2', '10', '0.2', '2.5', null]],
    ['azure_openai', 'gpt-4o-2024-08-06', ['2.5', '10', '1.25', null, null]],
    // https://ai.google.dev/gemini-api/docs/pricing: half price through 2026
    ['google', 'gemini-3.8-flash', ['0.75', '3.75', '0.075', null, null]],
    // https://aws.amazon.com/bedrock/pricing/: 10 % more in a region or geography than with the global profile
    ['bedrock', 'global.anthropic.claude-sonnet-4-5-20250929-v1:0', ['3', '15', '0.3', '3.75', '6']],
    ['bedrock', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', ['3.3', '16.5', '0.33', '4.125', '6.6']],
    ['bedrock', 'eu.anthropic.claude-haiku-4-5-20251001-v1:0', ['1.1', '5.5', '0.11', '1.375', '2.2']],
    ['bedrock', 'jp.anthropic.claude-sonnet-4-5-20250929-v1:0', ['3.3', '16.5', '0.33', '4.125', '6.6']],
    // https://www.ai21.com/pricing/
    ['ai21', 'jamba-large-1.7', ['2', '8', null, null, null]],
  ])('%s %s', (type, model, rates) => {
    expect(card(type, model)).toEqual(rates);
  });

  test.each<[ProviderType, string, Bucket, string | null]>([
    // https://aws.amazon.com/bedrock/pricing/
    ['bedrock', 'amazon.titan-embed-text-v1', 'input', '0.1'],
    ['bedrock', 'amazon.titan-embed-text-v2:0', 'input', '0.02'],
    ['bedrock', 'arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-embed-text-v2:0', 'input', '0.02'],
    [
      ...(['bedrock', 'arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.amazon.nova-pro-v1:0'] as const),
      ...(['input', '0.92'] as const),
    ],
    ['bedrock', 'arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/nova-pro', 'input', null],
    ['bedrock', 'cohere.embed-english-v3', 'input', '0.1'],
    // https://platform.openai.com/docs/pricing: a token of sound costs many times one of text
    ['openai', 'gpt-4o-audio-preview-2024-12-17', 'audio_input', '40'],
    ['openai', 'gpt-4o-audio-preview', 'audio_output', '80'],
    ['openai', 'gpt-4o-mini-audio-preview', 'audio_input', '10'],
    ['openai', 'ft:gpt-4o-2024-08-06:acme::abc', 'cached_input', '1.875'],
    // https://docs.perplexity.ai/getting-started/pricing: at the lowest search context
    ['perplexity', 'sonar', 'request', '5000'],
    ['perplexity', 'sonar-pro', 'request', '6000'],
    // https://api-docs.deepseek.com/quick_start/pricing: a name that is retired has no price any more
    ['deepseek', 'deepseek-chat', 'input', null],
    ['deepseek', 'deepseek-reasoner', 'output', null],
  ])('%s %s: %s', (type, model, bucket, usdPerMillion) => {
    expect(rateOf(type, model, bucket)).toBe(usdPerMillion);
  });

  test('a promotion ends on its day', () => {
    const later = catalog.find('google', 'gemini-3.8-flash', Date.UTC(2027, 0, 1));
    expect(later?.rateOf('input', 1)?.usdPerMillion).toBe('1.5');
  });

  // https://openai.com/api-priority-processing/, https://developers.openai.com/api/docs/guides/batch and .../flex-processing
  test('service tiers of OpenAI, up to the context they are sold for', () => {
    expect(rateOf('openai', 'gpt-5.4', 'input', 'priority')).toBe('5');
    expect(rateOf('openai', 'gpt-5.4-2026-03-05', 'output', 'priority')).toBe('30');
    expect(rateOf('openai', 'gpt-5.4', 'input', 'priority', 272_001)).toBeNull();
    expect(rateOf('openai', 'gpt-5.4', 'input', 'batch')).toBe('1.25');
    expect(rateOf('openai', 'gpt-5.4', 'input', 'flex', 300_000)).toBe('2.5');
    expect(rateOf('openai', 'gpt-4o', 'input', 'flex')).toBeNull();
  });

  // https://platform.claude.com/docs/en/about-claude/pricing#batch-processing; the priority tier is sold by commitment
  test('batches of Anthropic cost half, its priority tier has no rate', () => {
    expect(card('anthropic', 'claude-sonnet-4-6', 'batch')).toEqual(['1.5', '7.5', '0.15', '1.875', '3']);
    expect(card('anthropic', 'claude-sonnet-4-6', 'priority')).toEqual([null, null, null, null, null]);
  });
});

test('a catalog of another shape, or with a rule nobody can read, is rejected without quoting it', () => {
  expect(() => parseCatalog({ ...head, entries: [] })).toThrow('another shape (entries: too_small)');
  expect(() => parseCatalog({ ...head, entries: [{ ...entries[0], match: { regex: '(' } }] })).toThrow(
    'is no regular expression',
  );
  expect(() => parseCatalog('<html>')).toThrow('another shape');
});

test('a version is named by what it says', () => {
  const [first, ...rest] = entries;
  expect(versionIdOf({ ...head, entries })).toBe(versionIdOf({ ...head, entries: structuredClone(entries) }));
  expect(versionIdOf({ ...head, entries })).not.toBe(versionIdOf({ ...head, entries: rest }));
  expect(first).toBeDefined();
});
