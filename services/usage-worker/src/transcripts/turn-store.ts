import {
  type Deletion,
  deletionsOf,
  isDeleted,
  storedTurns,
  type TranscriptTable,
  transcriptBuriedLinksTable,
  transcriptLinksTable,
  transcriptMessagesTable,
  transcriptPiecesTable,
  transcriptTurnsTable,
  transcriptWantedTable,
  type Writer,
} from '@weir/clickhouse';
import { Content, type ContentRow, type ContentTable, messageRowsOf, pieceRowsOf } from './content.js';
import { messagesOfParents } from './parents.js';
import type { PlacedTurn } from './placed-turn.js';
import { Placer } from './placer.js';
import type { ReadTurn } from './read-turn.js';
import { buriedLinkRowsOf, knownOf, linkRowsOf, turnRowOf, wantedRowsOf } from './rows.js';
import { wantedAgain } from './wanted.js';

export interface StoredTurns {
  /** Ids of their events. */
  readonly stored: ReadonlySet<string>;
  /** They were stored before. */
  readonly repeated: number;
  /** They had been ordered to be deleted before they came. */
  readonly deleted: number;
  /** Orders that turns were stored in spite of: they have to be carried out once more. */
  readonly overtaken: readonly Deletion[];
}

/** Stores turns of one project, one call after the other, so that each finds those before it. */
export class TurnStore {
  private readonly content: Content;
  private readonly pieces;
  private readonly messages;
  private readonly links;
  private readonly wanted;
  private readonly turns;
  private readonly buried;
  /** Orders by project, as last seen. */
  private readonly orders = new Map<string, readonly Deletion[]>();

  constructor(private readonly writer: Writer) {
    this.content = new Content(writer);
    this.pieces = transcriptPiecesTable(writer);
    this.messages = transcriptMessagesTable(writer);
    this.links = transcriptLinksTable(writer);
    this.wanted = transcriptWantedTable(writer);
    this.turns = transcriptTurnsTable(writer);
    this.buried = transcriptBuriedLinksTable(writer);
  }

  /**
   * What was said comes first and the turn itself last, so that a turn that can be seen is whole. Repeated any number of
   * times, whatever of it was done before, it leaves the same. @throws WeirError `CLICKHOUSE_*`
   */
  async store(projectId: string, turns: readonly ReadTurn[]): Promise<StoredTurns> {
    const orders = await this.ordersOf(projectId);
    const known = await storedTurns(
      this.writer,
      projectId,
      turns.map(({ head }) => head),
    );
    const fresh = unique(turns.filter(({ head }) => !known.has(head.eventId)));
    const placed = await new Placer(this.writer, projectId, fresh).place();
    const orderOf = ({ turn, conversationId }: PlacedTurn) =>
      orders.find((order) => isDeleted(deletable(turn, conversationId), order));
    const kept = placed.filter((one) => orderOf(one) === undefined);
    // Stored by a worker that ended before it saw the order.
    const survivors = turns.flatMap((turn) => {
      const conversationId = known.get(turn.head.eventId);
      return conversationId === undefined ? [] : [deletable(turn, conversationId)];
    });
    await this.buried.insert(placed.flatMap((one) => buriedBy(one, orderOf(one))));
    await this.write(projectId, kept, orders);
    const seen = new Set(orders.map(({ deletionId }) => deletionId));
    const since = (await this.ordersOf(projectId)).filter(({ deletionId }) => !seen.has(deletionId));
    return {
      stored: new Set(kept.map(({ turn }) => turn.head.eventId)),
      repeated: turns.length - fresh.length,
      deleted: placed.length - kept.length,
      overtaken: [
        ...since.filter((order) => kept.some((one) => isDeleted(deletable(one.turn, one.conversationId), order))),
        ...orders.filter((order) => survivors.some((one) => isDeleted(one, order))),
      ],
    };
  }

  /** After a deletion that this process did itself. */
  forget(): void {
    this.content.forget();
  }

  private async write(projectId: string, kept: readonly PlacedTurn[], orders: readonly Deletion[]) {
    // What is being deleted can still be seen for a while, and is gone then.
    const isSure = orders.every(({ isDone }) => isDone);
    if (!isSure) this.content.forget();
    await this.writeMissing('transcript_pieces_v1', this.pieces, projectId, kept.flatMap(pieceRowsOf), isSure);
    await this.writeMissing('transcript_messages_v1', this.messages, projectId, kept.flatMap(messageRowsOf), isSure);
    const parents = await messagesOfParents(this.writer, projectId, kept, kept);
    const isWhole = ({ placement: { parentTurnId } }: PlacedTurn) => parentTurnId === null || parents.has(parentTurnId);
    const storedAt = Date.now();
    const wanted = kept.flatMap((one) =>
      wantedRowsOf(isWhole(one) ? one : { ...one, wanted: [...one.wanted, ...wantedAgain(one)] }, storedAt),
    );
    await Promise.all([
      this.wanted.insert(wanted),
      this.links.insert(kept.flatMap((one) => linkRowsOf(one, storedAt))),
    ]);
    await this.turns.insert(
      kept.map((one) => turnRowOf(one, knownOf(one, parents.get(one.placement.parentTurnId ?? '')))),
    );
  }

  private async writeMissing<R extends ContentRow>(
    name: ContentTable,
    table: TranscriptTable<R>,
    projectId: string,
    rows: readonly R[],
    isSure: boolean,
  ): Promise<void> {
    const missing = await this.content.missing(name, projectId, rows, isSure);
    await table.insert(missing);
    this.content.remember(name, missing);
  }

  private async ordersOf(projectId: string): Promise<readonly Deletion[]> {
    const orders = await deletionsOf(this.writer, projectId);
    const before = this.orders.get(projectId)?.filter(({ isDone }) => isDone).length ?? 0;
    // Another worker deleted something: what this one remembers as stored may be gone.
    if (orders.length !== this.orders.get(projectId)?.length || orders.filter(({ isDone }) => isDone).length !== before)
      this.content.forget();
    this.orders.set(projectId, orders);
    return orders;
  }
}

/** By its conversation alone: what else an order names is in the turn itself. */
function buriedBy(one: PlacedTurn, order: Deletion | undefined) {
  return order === undefined || order.conversationId === null ? [] : buriedLinkRowsOf(one, order.orderedAt);
}

export function deletable({ head }: ReadTurn, conversationId: string) {
  const { projectId, appId, user, providerId, startedAt } = head;
  return { projectId, conversationId, appId, user, providerId, startedAt };
}

function unique(turns: readonly ReadTurn[]): ReadTurn[] {
  return [...new Map(turns.map((turn) => [turn.head.eventId, turn])).values()];
}
