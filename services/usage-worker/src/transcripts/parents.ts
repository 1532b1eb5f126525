import { messageIdsOf, type Reader } from '@weir/clickhouse';
import type { PlacedTurn } from './placed-turn.js';

/** Ids of messages of the turns that these go on from, stored or among those at hand. */
export async function messagesOfParents(
  reader: Reader,
  projectId: string,
  placed: readonly PlacedTurn[],
  atHand: readonly Pick<PlacedTurn, 'turn'>[],
): Promise<Map<string, ReadonlySet<string>>> {
  const ids = new Map<string, ReadonlySet<string>>(
    atHand.map(({ turn: { head, said } }) => [head.eventId, new Set([...said.inputIds, ...said.outputIds])]),
  );
  const elsewhere = placed.flatMap(({ conversationId, placement: { parentTurnId } }) =>
    parentTurnId === null || ids.has(parentTurnId) ? [] : [{ conversationId, eventId: parentTurnId }],
  );
  for (const [id, stored] of await messageIdsOf(reader, projectId, elsewhere)) ids.set(id, stored);
  return ids;
}
