import { expect, test } from 'vitest';
import { partsOf } from './parts';

const message = (...parts: unknown[]) => partsOf(JSON.stringify({ role: 'assistant', parts }));

test('text stays text, whatever it looks like', () => {
  const text = '<img src=x onerror=alert(1)> [a](javascript:alert(1))\u202e';
  expect(message({ type: 'text', content: text })).toEqual([{ kind: 'text', text, note: null }]);
});

test('calls of tools and what they answered are told apart, arguments as readable JSON', () => {
  expect(
    message(
      { type: 'tool_call', id: 'c1', name: 'search', arguments: { q: 'weir' } },
      { type: 'tool_call', id: null, name: 'broken', arguments: '{"q":', arguments_unparsed: true },
      { type: 'tool_call_response', id: 'c1', response: { hits: 2 }, is_error: true },
    ),
  ).toEqual([
    { kind: 'tool_call', id: 'c1', name: 'search', text: '{\n  "q": "weir"\n}', note: null },
    { kind: 'tool_call', id: null, name: 'broken', text: '{"q":', note: 'as the model wrote them, no JSON' },
    { kind: 'tool_response', id: 'c1', name: null, text: '{\n  "hits": 2\n}', isError: true },
  ]);
});

test('a picture is named and not shown', () => {
  expect(message({ type: 'uri', modality: 'image', mime_type: null, uri: 'https://evil.example/x.png' })).toEqual([
    { kind: 'media', text: 'image: https://evil.example/x.png' },
  ]);
});

test.each(['', 'null', '[]', '{"parts":5}', '{"parts":[null,[],{"type":"__proto__"}]}', '{"role":'])(
  '%j is shown as it is',
  (json) => {
    for (const part of partsOf(json)) expect(part.kind).toBe('other');
  },
);
