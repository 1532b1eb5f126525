import { expect, test } from 'vitest';
import type { SaidPart } from './parts';
import { toolAnswers } from './tools';

const call = (id: string | null): SaidPart => ({ kind: 'tool_call', id, name: 'f', text: '{}', note: null });
const answer = (id: string | null): SaidPart => ({ kind: 'tool_response', id, name: null, text: 'x', isError: false });
const turn = (eventId: string, second: number, durationMs: number | null = 400) => ({
  ...{ eventId, durationMs, startedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString() },
});
const said = (inputs: SaidPart[], outputs: SaidPart[]) => ({
  inputs: [{ parts: inputs }],
  outputs: [{ parts: outputs }],
});

test('an answer belongs to the call before it, and tells how long the tool took', () => {
  const all = new Map([
    ['a', said([], [call('1'), call('2'), call(null)])],
    ['b', said([answer('1'), answer('2'), answer('9'), answer(null)], [])],
  ]);
  const found = toolAnswers([turn('a', 0), turn('b', 1)], (id) => all.get(id));
  expect([...found].map(([id, { afterMs }]) => [id, afterMs])).toEqual([
    ['1', 600],
    ['2', 600],
  ]);
});

test('what is not known is not guessed: no duration, no turn, an answer before its call', () => {
  const all = new Map([
    ['a', said([answer('1')], [call('1')])],
    ['b', said([answer('1')], [])],
  ]);
  expect(toolAnswers([turn('b', 1), turn('gone', 2)], (id) => all.get(id))).toEqual(new Map());
  expect(toolAnswers([turn('a', 0, null), turn('b', 1)], (id) => all.get(id)).get('1')).toMatchObject({
    afterMs: null,
  });
});
