import { expect, it } from 'vitest';
import { bySize, shareOf, totalOf } from './lines';

const line = (key: string, before: string, after: string, difference: string) => ({
  ...{ key, other: false, events: 1, before, after, difference },
});
const LINES = [
  line('same-cheap', '1', '1', '0'),
  line('up', '1', '1.5', '0.5'),
  line('same-dear', '7', '7', '0'),
  line('down', '3', '1', '-2'),
  line('model-10', '0', '0.000000000001', '0.000000000001'),
];

it('puts the largest change first, whichever way it goes', () => {
  expect(bySize(LINES).map(({ key }) => key)).toEqual(['down', 'up', 'model-10', 'same-dear', 'same-cheap']);
});

it('keeps the sum of what is not named last, however large it is', () => {
  const rest = { ...line('', '0', '9', '9'), other: true };
  expect(bySize([rest, ...LINES]).at(-1)).toBe(rest);
});

it('sums every column to the last digit', () => {
  expect(totalOf(LINES)).toEqual({ before: '12', after: '10.500000000001', difference: '-1.499999999999' });
});

it('a bar is as long as its change is large', () => {
  expect([shareOf('-1', '2'), shareOf('2', '2'), shareOf('0', '0')]).toEqual([0.5, 1, 0]);
});
