import type { Prisma } from '@weir/prisma';
import { InputError } from '../platform/errors.js';
import type { PrismaService } from '../platform/prisma.service.js';
import type { ProviderFilter } from './providers.inputs.js';
import { type ProviderRow, WITH_SECRET } from './providers.types.js';

const MAX_PAGE = 500;

export interface ProviderRows {
  readonly rows: ProviderRow[];
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
  readonly totalCount: number;
}

/** Deleted providers may share a name with a live one, so a place in the list is name and id. */
const toCursor = ({ name, id }: ProviderRow) => Buffer.from(`${name} ${id}`).toString('base64url');

function fromCursor(cursor: string): { name: string; id: string } {
  const match = /^([a-z][a-z0-9-]{0,62}) ([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (!match) throw new InputError('CURSOR_INVALID', 'This page does not exist. Start again from the first.', 'after');
  return { name: match[1] as string, id: match[2] as string };
}

/** Prisma passes `%` and `_` on to LIKE as wildcards; here they are what was typed. */
const literally = (search: string) => search.replace(/[\\%_]/g, '\\$&');

function whereOf(projectId: string, filter: ProviderFilter): Prisma.ProviderWhereInput {
  const search = filter.search?.trim().slice(0, 253);
  const contains = search ? { contains: literally(search), mode: 'insensitive' as const } : null;
  return {
    projectId,
    ...(filter.includeDeleted ? {} : { deletedAt: null }),
    ...(filter.types?.length ? { type: { in: filter.types } } : {}),
    ...(typeof filter.enabled === 'boolean' ? { enabled: filter.enabled } : {}),
    ...(contains ? { OR: [{ name: contains }, { displayName: contains }] } : {}),
  };
}

/** Providers by name. @throws InputError `CURSOR_INVALID`, `FIRST_INVALID` */
export async function listProviders(
  prisma: PrismaService,
  projectId: string,
  filter: ProviderFilter,
  first: number,
  after: string | null,
): Promise<ProviderRows> {
  if (!Number.isInteger(first) || first < 1 || first > MAX_PAGE) {
    throw new InputError('FIRST_INVALID', `Ask for 1 to ${MAX_PAGE} providers at a time.`, 'first');
  }
  const where = whereOf(projectId, filter);
  const place = after === null ? null : fromCursor(after);
  const beyond = place && { OR: [{ name: { gt: place.name } }, { name: place.name, id: { gt: place.id } }] };
  const [found, totalCount] = await Promise.all([
    prisma.provider.findMany({
      where: beyond ? { AND: [where, beyond] } : where,
      include: WITH_SECRET,
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: first + 1,
    }),
    prisma.provider.count({ where }),
  ]);
  const rows = found.slice(0, first);
  const last = rows.at(-1);
  return { rows, endCursor: last ? toCursor(last) : null, hasNextPage: found.length > first, totalCount };
}
