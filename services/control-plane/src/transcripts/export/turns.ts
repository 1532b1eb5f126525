import { firstTurns, listConversations, listTurns, type PagedTurn } from '@weir/clickhouse';
import type { UsageReader } from '../../usage/reader.service.js';
import type { ExportOrder } from './sealed-order.js';

const TURNS_AT_ONCE = 100;
const CONVERSATIONS_AT_ONCE = 100;

/**
 * The turns of an order, without what was said. Conversations come with their newest first, as lists have them, turns in their order;
 * those that began after the order are left out. Short conversations are read many at once: a question of the store costs as
 * much for one.
 */
export async function* turnsOf(reader: UsageReader, order: ExportOrder): AsyncGenerator<PagedTurn, void, undefined> {
  for await (const ids of conversationsOf(reader, order)) {
    const { projectId, orderedAt } = order;
    const pages = await reader.ask((connection) => firstTurns(connection, projectId, ids, TURNS_AT_ONCE));
    for (const id of ids) {
      for (let page = pages.get(id); page !== undefined; ) {
        yield* page.nodes.filter(({ startedAt }) => startedAt < orderedAt);
        const after = page.hasNextPage ? page.endCursor : null;
        page =
          after === null
            ? undefined
            : await reader.ask((connection) => listTurns(connection, projectId, id, { first: TURNS_AT_ONCE, after }));
      }
    }
  }
}

/** As many as have `TURNS_AT_ONCE` turns, at least one. */
async function* conversationsOf(
  reader: UsageReader,
  { projectId, conversationId, filter, orderedAt }: ExportOrder,
): AsyncGenerator<string[], void, undefined> {
  if (conversationId !== null) {
    yield [conversationId];
    return;
  }
  const bounded = { ...filter, to: Math.min(filter.to ?? orderedAt, orderedAt) };
  for (let after: string | undefined; ; ) {
    const at = after;
    const page = await reader.ask((connection) =>
      listConversations(connection, projectId, { filter: bounded, first: CONVERSATIONS_AT_ONCE, after: at }),
    );
    let ids: string[] = [];
    let known = 0;
    for (const { conversationId: id, turns } of page.nodes) {
      if (ids.length > 0 && known + turns > TURNS_AT_ONCE) {
        yield ids;
        [ids, known] = [[], 0];
      }
      ids.push(id);
      known += turns;
    }
    if (ids.length > 0) yield ids;
    if (!page.hasNextPage || page.endCursor === null) return;
    after = page.endCursor;
  }
}

/** In memory at once, whatever the number of turns: one turn alone may be as large as what a provider keeps of a body. */
const BYTES_AT_ONCE = 8 * 1024 * 1024;
const MESSAGES_AT_ONCE = 20_000;

/** As many turns as may be in memory at once, at least one. */
export async function* groupsOf(turns: AsyncIterable<PagedTurn>): AsyncGenerator<PagedTurn[], void, undefined> {
  let group: PagedTurn[] = [];
  let bytes = 0;
  let messages = 0;
  for await (const turn of turns) {
    const own = turn.request.keptBytes + turn.response.keptBytes;
    const ownMessages = turn.inputMessages + turn.outputMessages;
    const isFull = bytes + own > BYTES_AT_ONCE || messages + ownMessages > MESSAGES_AT_ONCE;
    if (group.length >= TURNS_AT_ONCE || (group.length > 0 && isFull)) {
      yield group;
      [group, bytes, messages] = [[], 0, 0];
    }
    group.push(turn);
    bytes += own;
    messages += ownMessages;
  }
  if (group.length > 0) yield group;
}
