import { PROVIDER_TYPE_DEFINITIONS } from '@weir/providers';
import type { PrismaService } from '../platform/prisma.service.js';
import type { UsageDimension } from './enums.js';
import type { Grouping } from './grouping.js';

export interface Label {
  readonly label: string;
  /** It had calls, and no longer exists. */
  readonly deleted: boolean;
}
type LabelOf = (key: string) => Label;

const KINDS: Readonly<Record<string, string>> = {
  input: 'Input',
  cached_input: 'Cached input',
  cache_write: 'Cache write',
  output: 'Output',
  reasoning: 'Reasoning',
  tool_use: 'Tool use',
  other: 'Other charges',
  unpriced: 'Unpriced',
};

/** What calls that did not say are called. */
const NONE: Readonly<Partial<Record<UsageDimension, string>>> = {
  provider_type: 'Unknown type',
  model: 'Unknown model',
  app: 'Unknown app',
  user: 'No user',
  agent: 'No agent',
};

function plain({ groupBy, tagKey }: Grouping): LabelOf {
  const none = groupBy === 'tag' ? `No ${tagKey}` : (NONE[groupBy] ?? 'Unknown');
  return (key) => ({ label: key === '' ? none : key, deleted: false });
}

/** How people know the groups of one dimension. Keys of calls that named nothing known stand for themselves. */
export async function labelsOf(
  prisma: PrismaService,
  projectId: string,
  grouping: Grouping,
  keys: readonly string[],
): Promise<LabelOf> {
  const itself = plain(grouping);
  switch (grouping.groupBy) {
    case 'token_type':
    case 'cost_type':
      return (key) => ({ label: KINDS[key] ?? key, deleted: false });
    case 'provider_type':
      return (key) => ({ label: typeLabels.get(key) ?? itself(key).label, deleted: false });
    case 'provider': {
      const known = await providersOf(prisma, projectId, keys);
      return (key) => known.get(key) ?? itself(key);
    }
    case 'app': {
      const rows = await prisma.app.findMany({ where: { projectId, name: { in: [...keys] } }, select: { name: true } });
      const known = new Set(rows.map(({ name }) => name));
      return (key) => ({ ...itself(key), deleted: key !== '' && !known.has(key) });
    }
    default:
      return itself;
  }
}

/** One that is there outweighs those of its name that were deleted. */
async function providersOf(prisma: PrismaService, projectId: string, keys: readonly string[]) {
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
  return known;
}

const MAX_FOUND = 500;

/** Keys whose label, rather than the key itself, holds a text. */
export async function keysLabelled(
  prisma: PrismaService,
  projectId: string,
  grouping: Grouping,
  search: string,
): Promise<string[]> {
  const holds = (label: string) => label.toLowerCase().includes(search.toLowerCase());
  const known = (labels: Iterable<readonly [string, string]>) =>
    [...labels].flatMap(([key, label]) => (holds(label) ? [key] : []));
  const none = holds(plain(grouping)('').label) ? [''] : [];
  switch (grouping.groupBy) {
    case 'token_type':
    case 'cost_type':
      return known(Object.entries(KINDS));
    case 'provider_type':
      return [...none, ...known(typeLabels)];
    case 'provider': {
      const rows = await prisma.provider.findMany({
        where: { projectId, displayName: { contains: search, mode: 'insensitive' } },
        select: { name: true },
        distinct: ['name'],
        take: MAX_FOUND,
      });
      return [...none, ...rows.map(({ name }) => name)];
    }
    default:
      return none;
  }
}

const typeLabels: ReadonlyMap<string, string> = new Map(
  PROVIDER_TYPE_DEFINITIONS.map(({ type, label }) => [type, label]),
);
