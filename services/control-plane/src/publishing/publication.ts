import type { Prisma } from '@weir/prisma';
import type { Transaction } from '../platform/prisma.service.js';
import { contentHash } from './canonical.js';

export type PublicationKind = 'snapshot' | 'price_book';

/** Older documents are only kept to look at; a proxy asks for the newest. */
const KEPT_VERSIONS = 5;
/** Any constant will do, as long as nothing else in this database takes the same advisory lock. */
const PUBLISH_LOCK = 0x57_45_49_52;

/**
 * Members that need no hashing. What is in the pool of a price book follows from the ids of its versions, which never
 * change, and it is a hundred times the rest.
 */
const SETTLED_BY_THE_REST: Readonly<Record<PublicationKind, object>> = {
  snapshot: {},
  price_book: { pool: undefined },
};

export interface Published {
  readonly version: number;
  /** False when the newest version already says the same. */
  readonly isNew: boolean;
}

/**
 * Publishes what `read` returns unless the newest version says the same already. Publishers queue on one lock across
 * all replicas and each reads after it has the lock, so a higher version never holds an older state.
 * @param above publish even so, under a version higher than this, when the newest is not
 */
export async function publishIfChanged(
  tx: Transaction,
  kind: PublicationKind,
  read: () => Promise<object>,
  above = 0,
): Promise<Published> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${PUBLISH_LOCK})`;
  const content = await read();
  const hash = contentHash({ ...content, ...SETTLED_BY_THE_REST[kind] });
  const newest = await tx.publication.findFirst({
    where: { kind },
    orderBy: { version: 'desc' },
    select: { version: true, hash: true },
  });
  if (newest && newest.hash === hash && newest.version > above) return { version: newest.version, isNew: false };
  const version = Math.max(newest?.version ?? 0, above) + 1;
  const createdAt = new Date();
  const stamp = kind === 'snapshot' ? { version, createdAt: createdAt.getTime() } : { version };
  const document = { ...content, ...stamp } as unknown as Prisma.InputJsonValue;
  await tx.publication.create({ data: { kind, version, hash, content: document, createdAt } });
  await tx.publication.deleteMany({ where: { kind, version: { lte: version - KEPT_VERSIONS } } });
  return { version, isNew: true };
}
