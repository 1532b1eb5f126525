import { expect, test } from 'vitest';
import { entryOf } from '../test/books.js';
import { reviewCatalog } from './review.js';

const many = Array.from({ length: 10 }, (_, index) => entryOf(`m${index}`, { input: '1', output: '2' }));

test('additions and ordinary changes pass', () => {
  const after = [...many.slice(0, 9), entryOf('m9', { input: '5', output: '2' }), entryOf('new', { input: '1' })];
  expect(reviewCatalog(many, after)).toEqual({ added: 1, dropped: 0, changed: 1, notices: [] });
});

test('more than a fifth of the entries gone is noticed, a fifth is not', () => {
  expect(reviewCatalog(many, many.slice(2)).notices).toEqual([]);
  expect(reviewCatalog(many, many.slice(3)).notices).toEqual(['3 of 10 entries are gone, which is more than 20 %.']);
});

test.each([
  ['1', '5.000001'],
  ['5.000001', '1'],
  ['0', '0.000001'],
  ['1', '0'],
])('a rate that goes from %s to %s is noticed by name', (was, is) => {
  const [before, after] = [was, is].map((usd) => [...many, entryOf('leaps', { cached_input: usd })]);
  expect(reviewCatalog(before ?? [], after ?? []).notices).toEqual([
    `openai leaps: cached_input goes from ${was} to ${is} USD per 1M.`,
  ]);
});

test('a leap at a special tier is noticed too', () => {
  const at = (usdPerMillion: string) =>
    entryOf('m', {}, { serviceTiers: { flex: { input: [{ above: 0, usdPerMillion }] } } });
  expect(reviewCatalog([at('1')], [at('6')]).notices).toEqual(['openai m: input (flex) goes from 1 to 6 USD per 1M.']);
});

test('a correction that stands beside what it corrects is no change of it, however far apart they are', () => {
  const both = (usd: string) => [entryOf('m', { input: '12' }), entryOf('m', { input: usd })];
  expect(reviewCatalog(both('1'), both('1'))).toEqual({ added: 0, dropped: 0, changed: 0, notices: [] });
  expect(reviewCatalog(both('1'), both('6')).notices).toEqual(['openai m: input goes from 1 to 6 USD per 1M.']);
});
