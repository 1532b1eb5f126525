import { expect, test } from 'vitest';
import { messageText } from './message-text';
import { parametersDiff, promptDiff } from './prompt-diff';
import { folded, type Stretch, textDiff } from './text-diff';

const sides = (stretches: readonly Stretch[] | null) => [
  stretches?.map(({ kind, text }) => (kind === 'added' ? '' : text)).join(''),
  stretches?.map(({ kind, text }) => (kind === 'removed' ? '' : text)).join(''),
];

test('messages that stayed are counted, the others are told apart', () => {
  expect(promptDiff(['a', 'b', 'c'], ['a', 'b', 'c', 'd', 'e'])).toEqual([
    { kind: 'same', count: 3 },
    { kind: 'added', id: 'd' },
    { kind: 'added', id: 'e' },
  ]);
  expect(promptDiff(['a', 'x', 'c', 'z'], ['a', 'y', 'c'])).toEqual([
    { kind: 'same', count: 1 },
    { kind: 'changed', before: 'x', after: 'y' },
    { kind: 'same', count: 1 },
    { kind: 'removed', id: 'z' },
  ]);
  expect(promptDiff([], [])).toEqual([]);
});

test('prompts of many thousands of messages are compared in no time, also where nothing is the same', () => {
  const ids = (letter: string) => Array.from({ length: 20_000 }, (_, n) => `${letter}${n}`);
  expect(promptDiff(ids('a'), [...ids('a'), 'z'])).toEqual([
    { kind: 'same', count: 20_000 },
    { kind: 'added', id: 'z' },
  ]);
  expect(promptDiff(ids('a'), ids('b'))).toHaveLength(20_000);
});

test('parameters that differ are named with what they were', () => {
  const before = [
    { name: 'model', json: '"a"' },
    { name: 'top_p', json: '1' },
  ];
  expect(
    parametersDiff(before, [
      { name: 'model', json: '"b"' },
      { name: 'seed', json: '4' },
    ]),
  ).toEqual([
    { name: 'model', before: '"a"', after: '"b"' },
    { name: 'seed', before: null, after: '4' },
    { name: 'top_p', before: '1', after: null },
  ]);
});

test('words that changed are found, and both texts are there whole', () => {
  const [before, after] = [
    'You are kind. Answer in English, briefly.',
    'You are strict. Answer in English, briefly please.',
  ];
  const found = textDiff(before, after);
  expect(found?.filter(({ kind }) => kind !== 'same').map(({ text }) => text)).toEqual(
    expect.arrayContaining(['kind', 'strict']),
  );
  expect(sides(found)).toEqual([before, after]);
});

test.each([
  ['', 'a'],
  ['a', ''],
  ['same', 'same'],
  ['😀 a', '😃 a'],
  ['a\n\nb', 'a\nb\n'],
])('%j and %j are there whole', (before, after) => {
  expect(sides(textDiff(before, after))).toEqual([before, after]);
});

test('five megabytes with a word changed are compared; what has nothing in common is not', () => {
  const long = 'All the gauges of the river. '.repeat(180_000);
  const changed = `${long.slice(0, 2_000_000)} flood ${long.slice(2_000_000)}`;
  const found = textDiff(long, changed);
  expect(found?.filter(({ kind }) => kind !== 'same')).toHaveLength(1);
  expect(folded(found?.[0]?.text ?? '', { isFirst: true, isLast: false })?.left).toBeGreaterThan(1_900_000);
  expect(textDiff(long, 'Nothing like it. '.repeat(300_000))).toBeNull();
  expect(folded('short', { isFirst: false, isLast: false })).toBeNull();
});

test('a message is compared by what it says', () => {
  const message = {
    parts: [
      { type: 'text', content: 'Look' },
      { type: 'tool_call', id: 'c', name: 'gauge', arguments: { a: 1 } },
      { type: 'tool_call_response', id: 'c', response: 'high', is_error: true },
    ],
  };
  expect(messageText(JSON.stringify(message))).toBe(
    'Look\n\ncall of gauge\n{\n  "a": 1\n}\n\nresult of c, failed\nhigh',
  );
});
