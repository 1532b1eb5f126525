import { expect, test } from 'vitest';
import { type Gap, gapAfter, intoGaps, isShown, type Span, type SpanPage } from './span';

const at = (second: number) => new Date(Date.UTC(2026, 10, 20, 12, 0, second)).toISOString();
const span = (name: string, second: number, calls: Span['calls'] = []) =>
  ({ name, startedAt: at(second), calls }) as Span;
const page = (nodes: Span[], hasNextPage = false): SpanPage => ({ nodes, hasNextPage, endCursor: null, isCut: false });
const gaps: Gap[] = [
  { key: 'before', from: null, to: at(10) },
  { key: 'first', from: at(10), to: at(20) },
  { key: 'last', from: at(20), to: null },
];
const namesIn = (given: SpanPage) =>
  Object.fromEntries(
    [...intoGaps(gaps, given)].map(([key, { spans, hasMore }]) => [
      key,
      [...spans.map(({ name }) => name), ...(hasMore ? ['…'] : [])],
    ]),
  );

test('spans stand between the turns they began between', () => {
  expect(namesIn(page([span('a', 5), span('b', 10), span('c', 19), span('d', 20), span('e', 50)]))).toEqual({
    ...{ before: ['a'], first: ['b', 'c'], last: ['d', 'e'] },
  });
  expect(namesIn(page([]))).toEqual({ before: [], first: [], last: [] });
});

test('what a page did not reach is asked for again, and where it ends there is more', () => {
  expect(namesIn(page([span('a', 5), span('b', 12)], true))).toEqual({ before: ['a'], first: ['b', '…'] });
  expect(namesIn(page([span('a', 5)], true))).toEqual({ before: ['a', '…'] });
});

test('a turn stands for the spans that tell of its call, and for no others', () => {
  const shown = isShown('here');
  expect(shown(span('step', 1))).toBe(true);
  expect(shown(span('elsewhere', 1, [{ eventId: '1', conversationId: null }]))).toBe(true);
  expect(shown(span('other', 1, [{ eventId: '1', conversationId: 'there' }]))).toBe(true);
  expect(shown(span('same', 1, [{ eventId: '1', conversationId: 'here' }]))).toBe(false);
});

test('there is no gap between turns of the same instant, nor before it is known where it ends', () => {
  const turn = { eventId: 'e', startedAt: at(1) };
  expect(gapAfter(turn, { startedAt: at(1) }, false)).toBeNull();
  expect(gapAfter(turn, undefined, false)).toBeNull();
  expect(gapAfter(turn, undefined, true)).toEqual({ key: 'e ', from: at(1), to: null });
  expect(gapAfter(turn, { startedAt: at(2) }, true)).toMatchObject({ from: at(1), to: at(2) });
});
