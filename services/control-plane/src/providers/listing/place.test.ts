import { expect, test } from 'vitest';
import { ProviderSort } from '../providers.inputs.js';
import { compareSpend, fromCursor, toCursor } from './place.js';

const ID = '0198e7c0-0000-7000-8000-000000000001';
const VALUES = { name: '', type: 'openai', updatedAt: '2026-01-02T03:04:05.678Z', spend: '-0.000000000001' };

test.each(Object.values(ProviderSort))('a place by %s comes back from its cursor', (sort) => {
  const place = { value: VALUES[sort], name: 'alpha', id: ID };
  expect(fromCursor(sort, toCursor(sort, place))).toEqual(place);
});

test('a cursor of another order, or made up, is refused', () => {
  const place = { value: '', name: 'alpha', id: ID };
  const forged = [
    toCursor(ProviderSort.type, { ...place, value: 'openai' }),
    toCursor(ProviderSort.name, { ...place, id: "' OR 1=1" }),
    toCursor(ProviderSort.name, { ...place, name: 'Alpha' }),
    Buffer.from('["name",{},"alpha"]').toString('base64url'),
    Buffer.from('null').toString('base64url'),
    'forged',
    '',
  ];
  for (const cursor of forged) {
    expect(() => fromCursor(ProviderSort.name, cursor)).toThrow(expect.objectContaining({ code: 'CURSOR_INVALID' }));
  }
  const bent = { ...place, value: '1e9' };
  expect(() => fromCursor(ProviderSort.spend, toCursor(ProviderSort.spend, bent))).toThrow();
});

test('amounts are compared exactly, not as text or floats; names decide between equals', () => {
  const at = (value: string, name: string) => ({ value, name, id: ID });
  const places = [at('10', 'a'), at('9.000000000001', 'b'), at('9.000000000002', 'c'), at('0', 'e'), at('0', 'd')];
  const names = (descending: boolean) => places.toSorted(compareSpend(descending)).map(({ name }) => name);
  expect(names(false)).toEqual(['d', 'e', 'b', 'c', 'a']);
  expect(names(true)).toEqual(['a', 'c', 'b', 'd', 'e']);
});
