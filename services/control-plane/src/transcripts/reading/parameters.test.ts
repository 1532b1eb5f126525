import { expect, test } from 'vitest';
import { promptParameters } from './parameters.js';

test('members beside what was said are listed by name, long ones cut', () => {
  const body = { temperature: 0.5, messages: ['secret'], model: 'gpt-x', tools: [], stop: 'x'.repeat(5_000) };
  const found = promptParameters(Buffer.from(JSON.stringify(body)));
  expect(found?.map(({ name }) => name)).toEqual(['model', 'stop', 'temperature']);
  expect(found?.[2]).toEqual({ name: 'temperature', json: '0.5' });
  expect(found?.[1]?.json).toHaveLength(2_000);
});

test.each(['{"a":', '[1]', 'null', '"a"', ''])('%j has none to list', (text) => {
  expect(promptParameters(Buffer.from(text))).toBeNull();
});
