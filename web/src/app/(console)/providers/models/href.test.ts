import { expect, it } from 'vitest';
import { modelHref, modelOfSegments } from './href';

it.each(['gpt-5', 'accounts/fireworks/models/llama', 'us.anthropic.claude-v1:0', 'my model #1?', '50%'])(
  'the address of %s leads back to it',
  (model) => {
    const { pathname } = new URL(modelHref('main', model), 'http://localhost');
    expect(modelOfSegments(pathname.split('/').slice(4))).toBe(model);
  },
);
