import { expect, test } from 'vitest';
import { bookOf, eventOf, overrideOf } from '../test/books.js';
import { rate } from './rate.js';

const sourceOf = (requestedModel: string, servedModel: string, overridden = requestedModel) => {
  const override = overrideOf(overridden, { input: '1', output: '1' });
  const { lines } = rate(
    eventOf({ requestedModel, servedModel, meters: { input: 10 } }),
    bookOf(undefined, [override]),
  );
  return lines[0]?.source.split(':')[0];
};

test.each([
  ['gpt-4o', 'gpt-4o-2024-08-06'],
  ['gpt-4', 'gpt-4-0613'],
  ['gpt-4.1', 'gpt-4.1'],
  ['our-best', 'gpt-4o'],
  ['our-best', 'no-such-model'],
])('an override of %s holds for %s, which served it', (requested, served) => {
  expect(sourceOf(requested, served)).toBe('override');
});

test.each([
  ['gpt-4o', 'gpt-4o-mini'],
  ['gpt-4o-mini', 'gpt-4o-2024-08-06'],
  ['gpt-4.1', 'gpt-4.1-nano'],
  ['o3', 'o3-mini'],
  ['gpt-4', 'gpt-4.1'],
])('an override of %s is not one of %s, which served in its place', (requested, served) => {
  expect(sourceOf(requested, served)).toBe('catalog');
  expect(sourceOf(requested, served, served)).toBe('override');
});
