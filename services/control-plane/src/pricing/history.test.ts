import type { PriceOverride } from '@weir/prisma';
import { expect, test } from 'vitest';
import { changesOf } from './history.js';

const row = (from: number, until: number | null, rates: object, closedBy: string | null = null) =>
  ({
    ...{ id: `${from}`, projectId: 'p', provider: 'a', model: 'm', rates, createdBy: 'ann', closedBy },
    ...{ validFrom: new Date(from), validUntil: until === null ? null : new Date(until) },
  }) as PriceOverride;
const told = (rows: PriceOverride[]) =>
  changesOf(rows, (id) => `${id}@example.com`).map(({ by, rates, from, until }) => [
    ...[by, rates.map(({ bucket, usdPerMillion }) => `${bucket}=${usdPerMillion}`).join(' ')],
    ...[from.getTime(), until?.getTime() ?? null],
  ]);

test('a replaced card, a cleared one and one set again later are told newest first, with who', () => {
  const rows = [
    row(1, 2, { output: '2', input: '1' }, 'ann'),
    row(2, 5, { input: '3' }, 'bob'),
    row(9, null, { input: '0' }),
  ];
  expect(told(rows)).toEqual([
    ['ann@example.com', 'input=0', 9, null],
    ['bob@example.com', '', 5, 9],
    ['ann@example.com', 'input=3', 2, 5],
    ['ann@example.com', 'input=1 output=2', 1, 2],
  ]);
});

test('a cleared card stays cleared until somebody sets one', () => {
  expect(told([row(1, 5, { input: '1' }, 'bob')])[0]).toEqual(['bob@example.com', '', 5, null]);
});
