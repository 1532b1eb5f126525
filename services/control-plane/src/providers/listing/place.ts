import { parseUsd } from '@weir/contracts';
import type { Prisma } from '@weir/prisma';
import { InputError } from '../../platform/errors.js';
import { ProviderSort } from '../providers.inputs.js';
import type { ProviderRow } from '../providers.types.js';

/** A place in the list: the value sorted by, then name and id, since deleted providers may share a name with a live one. */
export interface Place {
  readonly value: string;
  readonly name: string;
  readonly id: string;
}

export function toCursor(sort: ProviderSort, { value, name, id }: Place): string {
  return Buffer.from(JSON.stringify([sort, value, name, id])).toString('base64url');
}

/** Spellings of the value of each sort; nothing else came from here. */
const VALUE: Readonly<Record<ProviderSort, RegExp>> = {
  [ProviderSort.name]: /^$/,
  [ProviderSort.type]: /^[a-z][a-z0-9_]{0,62}$/,
  [ProviderSort.updatedAt]: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
  [ProviderSort.spend]: /^-?\d{1,26}(\.\d{1,12})?$/,
};

/** @throws InputError `CURSOR_INVALID` when it is none of this order */
export function fromCursor(sort: ProviderSort, cursor: string): Place {
  const [order, value, name, id] = partsOf(cursor);
  const isName = typeof name === 'string' && /^[a-z][a-z0-9-]{0,62}$/.test(name);
  const isId = typeof id === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
  if (order === sort && typeof value === 'string' && VALUE[sort].test(value) && isName && isId) {
    return { value, name, id };
  }
  throw new InputError('CURSOR_INVALID', 'This page does not exist. Start again from the first.', 'after');
}

function partsOf(cursor: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) ? parts : [];
  } catch {
    // Not one of ours.
    return [];
  }
}

export type SortedColumn = Exclude<ProviderSort, ProviderSort.spend>;

export function placeOf(sort: SortedColumn, { type, name, id, updatedAt }: ProviderRow): Place {
  const value = { name: '', type, updatedAt: updatedAt.toISOString() }[sort];
  return { value, name, id };
}

/** Names and ids rise whatever the direction of the value before them. */
export function orderByOf(sort: SortedColumn, descending: boolean): Prisma.ProviderOrderByWithRelationInput[] {
  const direction = descending ? 'desc' : 'asc';
  if (sort === ProviderSort.name) return [{ name: direction }, { id: direction }];
  return [{ [sort]: direction }, { name: 'asc' }, { id: 'asc' }];
}

/** What comes after a place in the order of {@link orderByOf}. */
export function whereBeyond(sort: SortedColumn, descending: boolean, place: Place): Prisma.ProviderWhereInput {
  const { value, name, id } = place;
  const side = descending ? 'lt' : 'gt';
  if (sort === ProviderSort.name) return { OR: [{ name: { [side]: name } }, { name, id: { [side]: id } }] };
  return {
    OR: [{ [sort]: { [side]: value } }, { [sort]: value, name: { gt: name } }, { [sort]: value, name, id: { gt: id } }],
  };
}

/** Order of places whose value is an amount. */
export function compareSpend(descending: boolean): (a: Place, b: Place) => number {
  const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return (a, b) => {
    const difference = parseUsd(a.value) - parseUsd(b.value);
    if (difference !== 0n) return difference < 0n === descending ? 1 : -1;
    return byText(a.name, b.name) || byText(a.id, b.id);
  };
}
