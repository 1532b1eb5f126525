import { expect, test } from 'vitest';
import { prefillOf, problemOf } from './prefill';

const messages = Array.from({ length: 10 }, (_, n) => ({
  role: n === 0 ? 'system' : 'user',
  content: `${n}`.repeat(100),
}));

test('a request is taken over whole, and spelt otherwise only where that changes nothing', () => {
  expect(prefillOf('{"a":[1]}')).toEqual({ text: '{\n  "a": [\n    1\n  ]\n}', leftOut: null });
  for (const odd of ['{"seed":12345678901234567890}', '{"a":1,"a":2}', 'no json', '{ "a": 1 }']) {
    expect(prefillOf(odd)).toEqual({ text: odd, leftOut: null });
  }
});

test('a request that was a message of a session is one that can be posted', () => {
  const text = '{\n  "model": "m",\n  "input": "hi"\n}';
  expect(prefillOf('{"type":"response.create","event_id":"e","model":"m","input":"hi"}')).toEqual({
    text,
    leftOut: null,
  });
});

test('of one that is too large the oldest messages are left out, never the instructions, and it is said', () => {
  const body = JSON.stringify({ model: 'm', messages, temperature: 0.2 });
  const short = prefillOf(body, 900);
  const kept = JSON.parse(short?.text ?? '');
  expect(kept).toEqual({
    model: 'm',
    temperature: 0.2,
    messages: [messages[0], ...messages.slice(-kept.messages.length + 1)],
  });
  expect(short?.leftOut).toMatchObject({ messages: 10 - kept.messages.length, of: 10 });
  expect(kept.messages.length).toBeGreaterThan(2);
  expect(problemOf(short?.text ?? '', 900)).toBeNull();
});

test('a result does not stay without its call', () => {
  const call = { role: 'assistant', content: 'x'.repeat(500), tool_calls: [{ id: 'c' }] };
  const said = [call, { role: 'tool', tool_call_id: 'c', content: 'y' }, { role: 'user', content: 'and now?' }];
  expect(JSON.parse(prefillOf(JSON.stringify({ messages: said }), 400)?.text ?? '')).toEqual({
    messages: said.slice(2),
  });
});

test('where nothing can be left out there is nothing to begin with', () => {
  expect(prefillOf(JSON.stringify({ prompt: 'x'.repeat(2_000) }), 900)).toBeNull();
  expect(prefillOf('x'.repeat(2_000), 900)).toBeNull();
  expect(problemOf('{"a":', 900)).toContain('not JSON');
  expect(problemOf(JSON.stringify('x'.repeat(2_000)), 900)).toContain('too large');
});
