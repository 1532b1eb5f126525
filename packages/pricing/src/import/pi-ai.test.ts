import { expect, test } from 'vitest';
import { importPiAi } from './pi-ai.js';

const SOURCE = { name: '@earendil-works/pi-ai', version: '1.5.2', asOf: '2026-11-10' };
const model = (id: string, cost: object, over: object = {}) => ({
  ...{ id, name: id.toUpperCase(), type: 'chat', reasoning: true, input: ['text', 'image'] },
  ...{ cost: { input: 1, output: 2, cacheRead: 0, cacheWrite: 0, ...cost }, contextWindow: 1000, maxTokens: 100 },
  ...over,
});
const read = (...models: ReturnType<typeof model>[]) =>
  importPiAi(new Map([['openai', { responses: Object.fromEntries(models.map((one) => [one.id, one])) }]]), SOURCE);

test('its zero is `not known` as well as `free`, so it becomes neither a rate of 0 nor a free model', () => {
  const { entries } = read(model('a', {}), model('free', { input: 0, output: 0 }), model('b', { cacheRead: 0.1 }));
  expect(entries.map(({ model: id, rates }) => [id, Object.keys(rates)])).toEqual([
    ['a', ['input', 'output']],
    ['b', ['input', 'output', 'cached_input']],
  ]);
});

test('tiers, limits and capabilities come over', () => {
  const tiers = [{ input: 2, output: 3, cacheRead: 0.2, cacheWrite: 0, inputTokensAbove: 272_000 }];
  const [entry] = read(model('a', { cacheRead: 0.1, tiers })).entries;
  expect(entry).toMatchObject({
    ...{ vendor: 'openai', displayName: 'A', contextTokens: 1000, maxOutputTokens: 100 },
    capabilities: ['chat', 'tools', 'vision', 'reasoning'],
    provenance: { source: SOURCE.name, sourceVersion: '1.5.2', asOf: '2026-11-10' },
  });
  expect(entry?.rates.cached_input).toEqual([
    { above: 0, usdPerMillion: '0.1' },
    { above: 272_000, usdPerMillion: '0.2' },
  ]);
});

test('a price that needs rounding, and a tier without one, are refused by name', () => {
  const tiers = [{ input: 0, output: 3, cacheRead: 0, cacheWrite: 0, inputTokensAbove: 10 }];
  const { entries, refused } = read(model('odd', { input: 0.0000001 }), model('gap', { tiers }));
  expect(entries).toEqual([]);
  expect(refused).toEqual([
    'openai odd: a price with more than 6 decimal places: 1e-7',
    'openai gap: a tier without a price',
  ]);
});

test('vendors with a flat fee, and kinds of models that are no chat, are left out', () => {
  const plan = importPiAi(new Map([['kimi-coding', { chat: { a: model('a', {}) } }]]), SOURCE);
  expect(plan.entries).toEqual([]);
  expect(read(model('image', {}, { type: 'image' })).entries).toEqual([]);
});

test('a file of another shape stops the update', () => {
  expect(() => importPiAi(new Map([['openai', { chat: { a: { id: 'a' } } }]]), SOURCE)).toThrow();
});
