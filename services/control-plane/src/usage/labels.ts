import type { PrismaService } from '../platform/prisma.service.js';
import type { UsageDimension } from './enums.js';

export interface Label {
  readonly label: string;
  /** It had calls, and no longer exists. */
  readonly deleted: boolean;
}

const TOKEN_TYPES: Readonly<Record<string, string>> = {
  input: 'Input',
  cached_input: 'Cached input',
  cache_write: 'Cache write',
  output: 'Output',
  reasoning: 'Reasoning',
  other: 'Other charges',
};

const plain = (key: string): Label => ({ label: key === '' ? 'Unknown' : key, deleted: false });

/** How people know the groups of one dimension. Keys of calls that named nothing known stand for themselves. */
export async function labelsOf(
  prisma: PrismaService,
  projectId: string,
  dimension: UsageDimension,
  keys: readonly string[],
): Promise<(key: string) => Label> {
  switch (dimension) {
    case 'token_type':
      return (key) => ({ label: TOKEN_TYPES[key] ?? key, deleted: false });
    case 'provider': {
      const rows = await prisma.provider.findMany({
        where: { projectId, name: { in: [...keys] } },
        select: { name: true, displayName: true, deletedAt: true },
        orderBy: { createdAt: 'asc' },
      });
      const known = new Map<string, Label>();
      for (const { name, displayName, deletedAt } of rows) {
        const live = known.get(name)?.deleted === false;
        if (!live) known.set(name, { label: displayName, deleted: deletedAt !== null });
      }
      return (key) => known.get(key) ?? plain(key);
    }
    case 'app': {
      const rows = await prisma.app.findMany({ where: { projectId, name: { in: [...keys] } }, select: { name: true } });
      const known = new Set(rows.map(({ name }) => name));
      return (key) => ({ ...plain(key), deleted: key !== '' && !known.has(key) });
    }
    default:
      return plain;
  }
}
