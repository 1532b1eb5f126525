import { expect, it } from 'vitest';
import { modelHref, modelOfSegments, usageHref } from './href';

it.each(['gpt-5', 'accounts/fireworks/models/llama', 'us.anthropic.claude-v1:0', 'my model #1?', '50%'])(
  'the address of %s leads back to it',
  (model) => {
    const { pathname } = new URL(modelHref('main', model), 'http://localhost');
    expect(modelOfSegments(pathname.split('/').slice(4))).toBe(model);
  },
);

it('Cost & Usage is narrowed to provider and model', () => {
  const { searchParams } = new URL(usageHref('main', 'a/b:c'), 'http://localhost');
  expect([...searchParams]).toEqual([
    ['groupBy', 'token_type'],
    ['providers', 'main'],
    ['models', 'a/b:c'],
  ]);
});
