import { WeirError } from '@weir/contracts';
import { z } from 'zod';
import { EARLIEST_MS, LATEST_MS } from '../../scope.js';

/** Where a page ends: a time, UTC epoch ms, and the id that tells apart what shares it. */
export interface Key {
  readonly at: number;
  readonly id: string;
}

const key = z.tuple([z.coerce.number().int().min(EARLIEST_MS).max(LATEST_MS), z.string().uuid()]);

export const encodeKey = ({ at, id }: Key): string => Buffer.from(`${at}:${id}`).toString('base64url');

/** @throws WeirError `CURSOR_INVALID` */
export function decodeKey(cursor: string): Key {
  const parsed = key.safeParse(Buffer.from(cursor, 'base64url').toString().split(':'));
  if (!parsed.success) throw new WeirError('CURSOR_INVALID', 'this page link is damaged; start from the first page');
  return { at: parsed.data[0], id: parsed.data[1] };
}
