import { bytes, duration } from '../../../../format';
import type { Deletion } from './queries';

/** What each store is to people; see docs/adr/0020. */
export const STORES: Readonly<Record<string, string>> = {
  transcript_turns_v1: 'Turns',
  transcript_turns_by_time_v1: 'Turns by time',
  transcript_links_v1: 'Hashes that turns are joined by',
  transcript_wanted_v1: 'Hashes that turns wait for',
  transcript_pieces_v1: 'Bytes of bodies',
  transcript_messages_v1: 'Messages and their words',
  spans_v1: 'Steps that agents told of',
};

/** Rows of turns that were found; null = not known yet. */
export function turnsDeleted({ tables }: Pick<Deletion, 'tables'>): number | null {
  return tables?.find(({ table }) => table === 'transcript_turns_v1')?.found ?? null;
}

type Spool = NonNullable<Deletion['spools']>[number];

/** What waited on the disk of a proxy, of calls of all projects. */
export function spoolText(
  { state, bytes: held, waitsSince }: Omit<Spool, 'proxyId' | 'seenAt'>,
  doneAt: string,
): string {
  const amount = held === 0 ? 'Nothing' : bytes(held);
  if (state === 'starting') return 'Not known: it had just started';
  if (state === 'silent') return `Not known: it is silent. ${amount} when it was last heard`;
  if (waitsSince === null) return amount;
  return `${amount}, the oldest for ${duration(Math.max(0, Date.parse(doneAt) - Date.parse(waitsSince)))}`;
}

/** Of an order that is done: who, when, why, what, and each store before and after. */
export function receiptJson(deletion: Deletion): string {
  const { id, orderedAt, orderedBy, reason, doneAt, bytesGoneAt, tables, spools } = deletion;
  const { conversationId, appId, user, providerId, from, to } = deletion;
  const receipt = {
    id,
    orderedBy,
    orderedAt,
    reason,
    selection: { conversationId, appId, user, providerId, from, to, beganBefore: orderedAt },
    doneAt,
    bytesGoneFromDiskAt: bytesGoneAt,
    stores: tables?.map(({ table, found, left }) => ({ store: table, rowsBefore: found, rowsAfter: left })),
    spools: spools?.map(({ proxyId, state, bytes: held, waitsSince, seenAt }) => ({
      ...{ proxy: proxyId, state, bytesOfAllProjects: held, oldestSince: waitsSince, toldAt: seenAt },
    })),
    stillOnTheirWay: 'refused on arrival',
  };
  return JSON.stringify(receipt, null, 2);
}
