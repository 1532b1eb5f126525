import type { LedgerRow } from '@weir/clickhouse';
import { expect, test } from 'vitest';
import { priceBook, usageEventOf } from '../../test/support/batches.js';
import { toRatingRow } from '../rate.js';
import { toRow } from '../to-row.js';
import { rowsOf, saysTheSame, standingOf, turned } from './entries.js';

function entryOf(over: Partial<LedgerRow> = {}): LedgerRow {
  const event = usageEventOf({ startedAt: 1_700_000_000_000 });
  const row = toRatingRow(event, toRow(event, 'batch-1'), priceBook());
  return { ...row, startedAt: event.startedAt, ratedAt: 1, ...over };
}

test('a rating that was taken back does not stand, whatever came after it', () => {
  const first = entryOf();
  const takenBack = { ...entryOf(), ...turned(first), ratedAt: 2 };
  const second = entryOf({ run_id: 'r2', ratedAt: 2 });
  expect(standingOf([])).toBeNull();
  expect(standingOf([first])).toBe(first);
  expect(standingOf([first, takenBack, second])).toBe(second);
  expect(standingOf([takenBack, second, first])).toBe(second);
  expect(standingOf([first, takenBack])).toBeNull();
});

test('a row turned twice is the row, and turned once it takes back to the last digit', () => {
  const entry = entryOf();
  const back = turned(entry);
  expect(back).toMatchObject({ sign: -1, run_id: 'initial', total: '-0.00002', amount_input: '-0.00001' });
  expect(back.amount_reasoning).toBe('0');
  const { batch_id: _, startedAt: __, ratedAt: ___, ...row } = entry;
  expect(turned({ ...entry, ...back })).toEqual(row);
  expect(turned({ ...entry, total: null, amount_input: '0' })).toMatchObject({ total: null, amount_input: '0' });
  expect(back.lines).toBe(entry.lines);
});

test('a batch takes each rating back before it puts another in its place', () => {
  const before = entryOf();
  const { batch_id: _, startedAt: __, ratedAt: ___, ...row } = before;
  const rows = rowsOf([{ before, after: { ...row, run_id: 'r2', total: '1' } }], 'restate-r2-0');
  expect(rows.map(({ run_id, sign, batch_id }) => [run_id, sign, batch_id])).toEqual([
    ['initial', -1, 'restate-r2-0'],
    ['r2', 1, 'restate-r2-0'],
  ]);
});

test('only the book it was looked up in may differ between ratings that say the same', () => {
  const standing = entryOf();
  expect(saysTheSame(standing, standing)).toBe(true);
  expect(saysTheSame(standing, { ...standing, price_book_version: 9, known_at: '2026-01-01 00:00:00.000' })).toBe(true);
  const other = { status: 'estimated', reason: 'rate_zero', price_version: 'p2', total: null, amount_output: '1' };
  for (const [column, value] of Object.entries(other)) {
    expect(saysTheSame(standing, { ...standing, [column]: value }), column).toBe(false);
  }
});

test('lines are compared by what they say, not by the order in which it was written', () => {
  const standing = entryOf({ lines: '[{"bucket":"input","amount":"1","rule":null}]' });
  expect(saysTheSame(standing, { ...standing, lines: '[{"amount":"1","bucket":"input"}]' })).toBe(true);
  expect(saysTheSame(standing, { ...standing, lines: '[{"amount":"1","bucket":"input","rule":"no_rate"}]' })).toBe(
    false,
  );
  expect(saysTheSame(standing, { ...standing, lines: '[]' })).toBe(false);
});
