import { exportedTurnIds, type PagedTurn } from '@weir/clickhouse';
import { type ExportedTurn, openAiRecord, otelRecord } from '@weir/transcripts';
import type { UsageReader } from '../../usage/reader.service.js';
import { SaidStore } from './said-store.js';
import type { ExportOrder } from './sealed-order.js';
import { idsOf, toExported } from './to-exported.js';
import { groupsOf, turnsOf } from './turns.js';

/** What was handed out so far. */
export interface ExportCount {
  conversations: number;
  turns: number;
  lines: number;
}

/** Lines of an export, each with its end, read as they are taken. */
export async function* exportLines(
  reader: UsageReader,
  order: ExportOrder,
  count: ExportCount,
): AsyncGenerator<string, void, undefined> {
  const store = new SaidStore(reader, order.projectId);
  let conversationId: string | null = null;
  for await (const turns of groupsOf(turnsOf(reader, order))) {
    for await (const { turn, isContained } of saidOf(reader, order.projectId, turns, store)) {
      if (turn.conversationId !== conversationId) count.conversations++;
      conversationId = turn.conversationId;
      count.turns++;
      if (order.form === 'openai' && isContained) continue;
      count.lines++;
      yield `${JSON.stringify(order.form === 'openai' ? openAiRecord(turn) : otelRecord(turn))}\n`;
    }
  }
}

interface Said {
  readonly turn: ExportedTurn;
  readonly isContained: boolean;
}

async function* saidOf(
  reader: UsageReader,
  projectId: string,
  turns: readonly PagedTurn[],
  store: SaidStore,
): AsyncGenerator<Said, void, undefined> {
  const conversations = new Map(turns.map(({ eventId, conversationId }) => [eventId, conversationId]));
  const found = await reader.ask((connection) =>
    exportedTurnIds(connection, projectId, [...new Set(conversations.values())], [...conversations.keys()]),
  );
  const idsBy = new Map(found.map((ids) => [ids.eventId, ids]));
  const said = await store.read(
    turns.flatMap(({ eventId, conversationId }) => {
      const ids = idsBy.get(eventId);
      return ids === undefined ? [] : idsOf(ids).map((id) => ({ conversationId, id }));
    }),
  );
  for (const turn of turns) {
    const ids = idsBy.get(turn.eventId);
    // Deleted since the page was read.
    if (ids !== undefined) yield { turn: toExported(turn, ids, said), isContained: ids.isContained };
  }
}
