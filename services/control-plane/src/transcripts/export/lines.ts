import { exportedTurnIds, listConversations, listTurns, type PagedTurn } from '@weir/clickhouse';
import { type ExportedTurn, openAiRecord, otelRecord } from '@weir/transcripts';
import type { UsageReader } from '../../usage/reader.service.js';
import { SaidStore } from './said-store.js';
import type { ExportOrder } from './sealed-order.js';
import { idsOf, toExported } from './to-exported.js';

const TURNS_AT_ONCE = 100;
const CONVERSATIONS_AT_ONCE = 100;
/** In memory at once, whatever the number of turns: one turn alone may be as large as what a provider keeps of a body. */
const BYTES_AT_ONCE = 8 * 1024 * 1024;
const MESSAGES_AT_ONCE = 20_000;

/** What was handed out so far. */
export interface ExportCount {
  conversations: number;
  turns: number;
  lines: number;
}

/**
 * Lines of an export, each with its end, read as they are taken. Conversations come with their newest first, as lists have them, turns
 * in their order; those that began after the order are left out.
 */
export async function* exportLines(
  reader: UsageReader,
  order: ExportOrder,
  count: ExportCount,
): AsyncGenerator<string, void, undefined> {
  for await (const conversationId of conversationsOf(reader, order)) {
    count.conversations++;
    for await (const { turn, isContained } of turnsOf(reader, order, conversationId)) {
      count.turns++;
      if (order.form === 'openai' && isContained) continue;
      count.lines++;
      yield `${JSON.stringify(order.form === 'openai' ? openAiRecord(turn) : otelRecord(turn))}\n`;
    }
  }
}

async function* conversationsOf(reader: UsageReader, { projectId, conversationId, filter, orderedAt }: ExportOrder) {
  if (conversationId !== null) {
    yield conversationId;
    return;
  }
  const bounded = { ...filter, to: Math.min(filter.to ?? orderedAt, orderedAt) };
  for (let after: string | undefined; ; ) {
    const at = after;
    const page = await reader.ask((connection) =>
      listConversations(connection, projectId, { filter: bounded, first: CONVERSATIONS_AT_ONCE, after: at }),
    );
    for (const { conversationId: id } of page.nodes) yield id;
    if (!page.hasNextPage || page.endCursor === null) return;
    after = page.endCursor;
  }
}

interface Said {
  readonly turn: ExportedTurn;
  readonly isContained: boolean;
}

async function* turnsOf(reader: UsageReader, { projectId, orderedAt }: ExportOrder, conversationId: string) {
  const said = new SaidStore(reader, projectId, conversationId);
  for (let after: string | undefined; ; ) {
    const at = after;
    const page = await reader.ask((connection) =>
      listTurns(connection, projectId, conversationId, { first: TURNS_AT_ONCE, after: at }),
    );
    for (const some of groupsOf(page.nodes.filter(({ startedAt }) => startedAt < orderedAt))) {
      yield* saidOf(reader, projectId, conversationId, some, said);
    }
    if (!page.hasNextPage || page.endCursor === null) return;
    after = page.endCursor;
  }
}

/** As many turns as may be in memory at once, at least one. */
function* groupsOf(turns: readonly PagedTurn[]): Generator<PagedTurn[]> {
  let group: PagedTurn[] = [];
  let bytes = 0;
  let messages = 0;
  for (const turn of turns) {
    const own = turn.request.keptBytes + turn.response.keptBytes;
    const ownMessages = turn.inputMessages + turn.outputMessages;
    if (group.length > 0 && (bytes + own > BYTES_AT_ONCE || messages + ownMessages > MESSAGES_AT_ONCE)) {
      yield group;
      [group, bytes, messages] = [[], 0, 0];
    }
    group.push(turn);
    bytes += own;
    messages += ownMessages;
  }
  if (group.length > 0) yield group;
}

async function* saidOf(
  reader: UsageReader,
  projectId: string,
  conversationId: string,
  turns: readonly PagedTurn[],
  said: SaidStore,
): AsyncGenerator<Said, void, undefined> {
  const found = await reader.ask((connection) =>
    exportedTurnIds(
      connection,
      projectId,
      conversationId,
      turns.map(({ eventId }) => eventId),
    ),
  );
  const idsBy = new Map(found.map((ids) => [ids.eventId, ids]));
  const messages = await said.read(found.flatMap(idsOf));
  for (const turn of turns) {
    const ids = idsBy.get(turn.eventId);
    // Deleted since the page was read.
    if (ids !== undefined) yield { turn: toExported(turn, ids, messages), isContained: ids.isContained };
  }
}
