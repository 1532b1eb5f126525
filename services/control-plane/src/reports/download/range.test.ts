import { expect, it } from 'vitest';
import { isKnown, isSame, wantedOf } from './range.js';

it.each([
  [undefined, { kind: 'whole' }],
  ['bytes=0-', { kind: 'part', first: 0, last: 99 }],
  ['bytes=10-19', { kind: 'part', first: 10, last: 19 }],
  ['bytes=99-99', { kind: 'part', first: 99, last: 99 }],
  ['bytes=90-200', { kind: 'part', first: 90, last: 99 }],
  ['bytes=-5', { kind: 'part', first: 95, last: 99 }],
  ['bytes=-500', { kind: 'part', first: 0, last: 99 }],
  ['Bytes=0-1', { kind: 'part', first: 0, last: 1 }],
  ['bytes=100-', { kind: 'unsatisfiable' }],
  ['bytes=-0', { kind: 'unsatisfiable' }],
  ['bytes=5-4', { kind: 'whole' }],
  ['bytes=-', { kind: 'whole' }],
  ['bytes=0-1,5-6', { kind: 'whole' }],
  ['lines=0-1', { kind: 'whole' }],
  ['bytes=a-b', { kind: 'whole' }],
])('of 100 bytes %s asks for %o', (range, wanted) => {
  expect(wantedOf(range, 100)).toEqual(wanted);
});

it('nothing of an empty file can be a part of it', () => {
  expect(wantedOf('bytes=0-', 0)).toEqual({ kind: 'unsatisfiable' });
});

it('a part goes on only with the very same file', () => {
  const modified = new Date('2026-11-21T12:00:00.750Z');
  const same = (value: string | undefined) => isSame(value, '"abc"', modified);
  expect([undefined, '"abc"', 'Sat, 21 Nov 2026 12:00:00 GMT'].map(same)).toEqual([true, true, true]);
  expect(['"abd"', 'W/"abc"', 'Sat, 21 Nov 2026 12:00:01 GMT', 'yesterday', ''].map(same)).not.toContain(true);
});

it('what the client has is not sent again', () => {
  const known = (value: string | undefined) => isKnown(value, '"abc"');
  expect(['"abc"', 'W/"abc"', '"x", "abc"', '*'].map(known)).not.toContain(false);
  expect([undefined, '"x"', ''].map(known)).not.toContain(true);
});
