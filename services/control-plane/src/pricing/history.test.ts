import type { PriceOverride } from '@weir/prisma';
import { expect, test } from 'vitest';
import { changesOf } from './history.js';

interface Row {
  readonly id: string;
  readonly valid: [number, number | null];
  readonly known: [number, number | null];
  readonly rates: object;
  readonly by?: string;
  readonly currency?: string;
}

const row = ({ id, valid, known, rates, by = 'ann', currency = 'USD' }: Row) => {
  const [validFrom, validUntil, knownFrom, knownUntil] = [...valid, ...known].map((at) =>
    at === null ? null : new Date(at),
  );
  return {
    ...{ id: `${id}-${known[0]}`, overrideId: id, projectId: 'p', provider: 'a', model: 'm', serviceTier: null },
    ...{ rates, currency, createdBy: by, closedBy: null, validFrom, validUntil, knownFrom, knownUntil },
  } as PriceOverride;
};
const told = (rows: readonly Row[]) =>
  changesOf(rows.map(row), (id) => `${id}@example.com`).map(({ at, by, rates, currency, from, until }) => [
    ...[at.getTime(), by, rates.map(({ bucket, perMillion }) => `${bucket}=${perMillion}`).join(' '), currency],
    ...[from.getTime(), until?.getTime() ?? null],
  ]);

test('a replaced card, a cleared one and one set again are told newest first, with who and since when', () => {
  expect(
    told([
      { id: 'one', valid: [1, null], known: [1, 2], rates: { output: '2', input: '1' } },
      { id: 'one', valid: [1, 2], known: [2, null], rates: { output: '2', input: '1' } },
      { id: 'two', valid: [2, null], known: [2, 5], rates: { input: '3' } },
      { id: 'two', valid: [2, 5], known: [5, null], rates: { input: '3' } },
      { id: 'none', valid: [5, null], known: [5, 9], rates: {}, by: 'bob' },
      { id: 'none', valid: [5, 9], known: [9, null], rates: {}, by: 'bob' },
      { id: 'three', valid: [9, null], known: [9, null], rates: { input: '0' }, currency: 'EUR' },
    ]),
  ).toEqual([
    [9, 'ann@example.com', 'input=0', 'EUR', 9, null],
    [5, 'bob@example.com', '', 'USD', 5, 9],
    [2, 'ann@example.com', 'input=3', 'USD', 2, 5],
    [1, 'ann@example.com', 'input=1 output=2', 'USD', 1, 2],
  ]);
});

test('a card that a backdated change took the place of has none left', () => {
  expect(
    told([
      { id: 'one', valid: [5, null], known: [5, 7], rates: { input: '1' } },
      { id: 'two', valid: [2, null], known: [7, null], rates: { input: '2' } },
    ]),
  ).toEqual([
    [7, 'ann@example.com', 'input=2', 'USD', 2, null],
    [5, 'ann@example.com', 'input=1', 'USD', 5, 5],
  ]);
});
