import { restatementDifference, restatementFilter } from '@weir/contracts';
import type { Prisma } from '@weir/prisma';
import type { RestatementDifferenceType, RestatementType } from './restatements.types.js';

const LINK = { select: { id: true, number: true, state: true } } as const;

/** What is read of a row to show it. A reversal that came to nothing is none. */
export const SHOWN = {
  reverses: LINK,
  reversals: {
    ...LINK,
    where: { OR: [{ state: { notIn: ['CANCELLED', 'FAILED'] } }, { state: 'FAILED', bookedBy: { not: null } }] },
  },
} satisfies Prisma.RestatementInclude;

export type ShownRow = Prisma.RestatementGetPayload<{ include: typeof SHOWN }>;

export function toRestatement(row: ShownRow): RestatementType {
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    state: row.state,
    from: row.from,
    to: row.to,
    filter: restatementFilter.parse(row.filter),
    reason: row.reason,
    requestedBy: row.requestedBy,
    requestedAt: row.requestedAt,
    bookedBy: row.bookedBy,
    bookedAt: row.bookedAt,
    knownAt: row.knownAt,
    progress: { done: Number(row.done), total: row.total === null ? null : Number(row.total) },
    preview: differenceOf(row.preview),
    booked: differenceOf(row.booked),
    reverses: row.reverses,
    reversedBy: row.reversals[0] ?? null,
    problem: row.problem,
  };
}

function differenceOf(stored: unknown): RestatementDifferenceType | null {
  return stored === null ? null : restatementDifference.parse(stored);
}
