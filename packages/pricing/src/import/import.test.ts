import { catalogEntry } from '@weir/contracts';
import { expect, test } from 'vitest';
import { LIBRARY } from '../../test/library.js';
import { exactDecimal } from './decimal.js';

const { entries, refused } = LIBRARY;
const find = (vendor: string, model: string) =>
  entries.filter((entry) => entry.vendor === vendor && entry.model === model);

test('every entry is one the price book accepts', () => {
  for (const entry of entries) expect(catalogEntry.safeParse(entry).error?.issues ?? []).toEqual([]);
  expect(entries.length).toBeGreaterThan(1_000);
  expect(refused).toEqual([]);
});

test('tiers, cache lives and searches come over as exact decimals', () => {
  const [sonnet] = find('anthropic', 'claude-sonnet-4-5');
  expect(sonnet?.rates).toMatchObject({
    input: [
      { above: 0, usdPerMillion: '3' },
      { above: 200_000, usdPerMillion: '6' },
    ],
    cache_write_5m: [
      { above: 0, usdPerMillion: '3.75' },
      { above: 200_000, usdPerMillion: '7.5' },
    ],
    cache_write_1h: [
      { above: 0, usdPerMillion: '6' },
      { above: 200_000, usdPerMillion: '12' },
    ],
    web_search: [{ above: 0, usdPerMillion: '10000' }],
  });
});

test('dated prices follow on each other, daily windows stand beside them', () => {
  const o3 = find('openai', 'o3');
  expect(o3.map(({ from, until }) => [from, until])).toEqual([
    [null, Date.UTC(2025, 5, 10)],
    [Date.UTC(2025, 5, 10), null],
  ]);
  expect(find('deepseek', 'deepseek-chat').at(-1)?.daily).toEqual({ from: '00:30:00', until: '16:30:00' });
});

test('a model whose output is priced in two kinds has no output rate rather than a wrong one', () => {
  const [research] = find('perplexity', 'sonar-deep-research');
  expect(research?.rates.input).toBeDefined();
  expect(research?.rates.output).toBeUndefined();
});

test.each([
  [0.1, 0, '0.1'],
  [0.000001, 0, '0.000001'],
  [1e-6, 0, '0.000001'],
  [1.5e-7, 3, '0.00015'],
  [2.5, 3, '2500'],
  [1e21, 0, '1000000000000000000000'],
  [0, 0, '0'],
  [0.08333333333333334, 0, '0.083333'],
])('the float %d shifted by %d is the decimal %s', (value, shift, text) => {
  expect(exactDecimal(value, shift)).toBe(text);
});

test.each([[0.0000001], [0.12345678], [-1], [Number.NaN], [Number.POSITIVE_INFINITY]])(
  'the float %d is refused rather than rounded',
  (value) => {
    expect(() => exactDecimal(value)).toThrow(RangeError);
  },
);
