import { WeirError } from '@weir/contracts';
import { z } from 'zod';
import { EARLIEST_MS, LATEST_MS } from '../../scope.js';

/** Where a page ends: a time, UTC epoch ms, and the id that tells apart what shares it. */
export interface Key {
  readonly at: number;
  readonly id: string;
  /** When the first page was read, UTC epoch ms, where later ones go on from what there was then. */
  readonly asOf?: number | undefined;
}

const time = z.coerce.number().int().min(EARLIEST_MS).max(LATEST_MS);
const key = z.tuple([time, z.string().uuid()]).or(z.tuple([time, z.string().uuid(), time]));

export const encodeKey = ({ at, id, asOf }: Key): string =>
  Buffer.from([at, id, ...(asOf === undefined ? [] : [asOf])].join(':')).toString('base64url');

/** @throws WeirError `CURSOR_INVALID` */
export function decodeKey(cursor: string): Key {
  const parsed = key.safeParse(Buffer.from(cursor, 'base64url').toString().split(':'));
  if (!parsed.success) throw new WeirError('CURSOR_INVALID', 'this page link is damaged; start from the first page');
  const [at, id, asOf] = parsed.data;
  return { at, id, asOf };
}
