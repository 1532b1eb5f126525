import { expect, it } from 'vitest';
import { providerTypeOf } from '../index.js';

const read = (usage: object, cached: string | null) => {
  const header = (name: string) => (name === 'fireworks-cached-prompt-tokens' ? cached : null);
  const head = { status: 200, contentType: 'application/json', header };
  const reader = providerTypeOf('fireworks').usageReader('chat.completions', head);
  reader.push(Buffer.from(JSON.stringify({ model: 'm', choices: [], usage })));
  return reader.read().meters;
};

it('takes cached tokens from the response’s head where the body states none', () => {
  const usage = { prompt_tokens: 100, completion_tokens: 5, total_tokens: 105 };
  expect(read(usage, '40')).toEqual({ input: 60, output: 5, cachedInput: 40 });
  expect(read({ ...usage, prompt_tokens_details: { cached_tokens: 30 } }, '40')).toEqual({
    ...{ input: 70, output: 5, cachedInput: 30 },
  });
  for (const odd of [null, '', '-1', 'many', '1e3']) expect(read(usage, odd)).toEqual({ input: 100, output: 5 });
});
