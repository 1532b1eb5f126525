import type { CatalogEntry } from '@weir/contracts';
import { expect, test } from 'vitest';
import { isOffered, listModels, type ModelList } from './catalog-models.js';

const AT = new Date('2026-06-15T12:00:00Z');
const entry = (model: string, usdPerMillion: string, over: Partial<CatalogEntry> = {}): CatalogEntry => ({
  vendor: 'openai',
  model,
  displayName: null,
  contextTokens: null,
  match: null,
  from: null,
  until: null,
  daily: null,
  rates: { input: [{ above: 0, usdPerMillion }] },
  serviceTiers: {},
  placeRates: {},
  profile: null,
  family: null,
  maxOutputTokens: null,
  capabilities: [],
  provenance: null,
  addedFrom: {},
  ...over,
});
const asked = (over: Partial<ModelList> = {}): ModelList => ({
  ...{ vendors: ['openai'], search: '', capability: null, first: 10, after: null, at: AT },
  ...over,
});
const inputRates = (entries: CatalogEntry[], vendors = ['openai']) =>
  listModels(entries, asked({ vendors })).map(({ id, rates }) => [id, rates[0]?.usdPerMillion]);

test('the entry in force at the time is shown, the last where several are', () => {
  const may = Date.UTC(2026, 4, 1);
  const july = Date.UTC(2026, 6, 1);
  const entries = [
    entry('a', '1', { until: may }),
    entry('a', '2', { from: may }),
    entry('a', '3', { from: july }),
    entry('b', '4', { until: AT.getTime() }),
    entry('c', '5', { from: AT.getTime() }),
  ];
  expect(inputRates(entries)).toEqual([
    ['a', '2'],
    ['c', '5'],
  ]);
});

test('a time-of-day price holds within its window, also over midnight', () => {
  const day = { from: '09:00:00', until: '17:00:00' };
  const night = { from: '17:00:00', until: '09:00:00' };
  expect(inputRates([entry('a', '1'), entry('a', '2', { daily: day })])).toEqual([['a', '2']]);
  expect(inputRates([entry('a', '1'), entry('a', '2', { daily: night })])).toEqual([['a', '1']]);
});

test('the preferred vendor wins, others add what it lacks, strangers add nothing', () => {
  const entries = [
    entry('a', '1', { vendor: 'x' }),
    entry('a', '2'),
    entry('b', '3', { vendor: 'x' }),
    entry('c', '4', { vendor: 'y' }),
  ];
  expect(inputRates(entries, ['openai', 'x'])).toEqual([
    ['a', '2'],
    ['b', '3'],
  ]);
  expect(inputRates(entries, [])).toEqual([]);
});

test('is searched by id and name, and cut to length', () => {
  const entries = [entry('gpt-b', '1'), entry('gpt-a', '1', { displayName: 'Tiny' }), entry('o3', '1')];
  const ids = (search: string, first = 10) => listModels(entries, asked({ search, first })).map(({ id }) => id);
  expect(ids(' GPT ')).toEqual(['gpt-a', 'gpt-b']);
  expect(ids('tiny')).toEqual(['gpt-a']);
  expect(ids('', 1)).toEqual(['gpt-a']);
});

test('rates come flat, with their tiers', () => {
  const tiers = [
    { above: 0, usdPerMillion: '1.25' },
    { above: 200_000, usdPerMillion: '2.5' },
  ];
  const [model] = listModels(
    [entry('a', '0', { rates: { output: [{ above: 0, usdPerMillion: '10' }], input: tiers } })],
    asked({ first: 1 }),
  );
  expect(model?.rates).toEqual([
    { bucket: 'input', usdPerMillion: '1.25', aboveTokens: 0, serviceTier: 'default' },
    { bucket: 'input', usdPerMillion: '2.5', aboveTokens: 200_000, serviceTier: 'default' },
    { bucket: 'output', usdPerMillion: '10', aboveTokens: 0, serviceTier: 'default' },
  ]);
});

test('a page goes on behind the last id of the page before', () => {
  const entries = ['d', 'b', 'a', 'c'].map((id) => entry(id, '1'));
  const page = (after: string | null) => listModels(entries, asked({ first: 2, after })).map(({ id }) => id);
  expect([page(null), page('b'), page('d')]).toEqual([['a', 'b'], ['c', 'd'], []]);
});

test('a capability leaves those that have it', () => {
  const entries = [entry('a', '1', { capabilities: ['vision'] }), entry('b', '1')];
  expect(listModels(entries, asked({ capability: 'vision' })).map(({ id }) => id)).toEqual(['a']);
});

test('special tiers come behind the ordinary rates, under their name', () => {
  const serviceTiers = { flex: { input: [{ above: 0, usdPerMillion: '0.5' }] } };
  const [model] = listModels([entry('a', '1', { serviceTiers })], asked());
  expect(model?.rates.map(({ serviceTier, usdPerMillion }) => [serviceTier, usdPerMillion])).toEqual([
    ['default', '1'],
    ['flex', '0.5'],
  ]);
});

// https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
test('a Bedrock model that is served through profiles only says so and names those that have a price', () => {
  const claude = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
  const ids = [claude, `eu.${claude}`, `global.${claude}`, `regional.${claude}`, 'amazon.titan-embed-text-v2:0'];
  const entries = ids.map((id) => entry(id, '1', { vendor: 'aws' }));
  const models = listModels(entries, asked({ vendors: ['aws'], search: 'anthropic.' }));
  expect(models.map(({ id }) => id)).toEqual([claude, `eu.${claude}`, `global.${claude}`]);
  expect(models[0]).toMatchObject({ needsInferenceProfile: true, profiles: [`eu.${claude}`, `global.${claude}`] });
  expect(models[1]).toMatchObject({ needsInferenceProfile: false, profiles: [] });
});

test('Claude on Google’s list is sold by Vertex AI, and not by the Gemini API', () => {
  const claude = { vendor: 'google', model: 'claude-opus-5' };
  expect([isOffered('vertex', claude), isOffered('google', claude)]).toEqual([true, false]);
  expect(isOffered('google', { vendor: 'google', model: 'gemini-3.8-flash' })).toBe(true);
});
