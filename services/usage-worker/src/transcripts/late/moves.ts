import {
  copyTurns,
  hideStoredAnew,
  hideTurns,
  type Merge,
  noteMerges,
  type StoredTurnRow,
  timeText,
  transcriptLinksTable,
  transcriptMovedTurnsTable,
  transcriptWantedTable,
  turnsIn,
  type Writer,
} from '@weir/clickhouse';
import type { PlacedTurn } from '../placed-turn.js';
import { linkRowsOf, turnRowOf, wantedRowsOf } from '../rows.js';

/** A turn where it belongs, and as it was stored before. */
export interface Move {
  readonly one: PlacedTurn;
  readonly row: StoredTurnRow;
  /** Of the messages it asks with, how many are none of its own. */
  readonly known: number;
}

/** Stores turns where they belong, and hides what was stored of them elsewhere. */
export class Moves {
  private readonly links;
  private readonly wanted;
  private readonly turns;

  constructor(private readonly writer: Writer) {
    this.links = transcriptLinksTable(writer);
    this.wanted = transcriptWantedTable(writer);
    this.turns = transcriptMovedTurnsTable(writer);
  }

  /** Nothing is hidden before it is stored anew, so that whatever breaks off is found and finished by a repeat. */
  async make(projectId: string, moves: readonly Move[]): Promise<void> {
    if (moves.length === 0) return;
    const storedAt = Math.max(Date.now(), ...moves.map(({ row }) => row.storedAtMs + 1));
    const merges = moves.flatMap((move) => mergeOf(projectId, move));
    await noteMerges(this.writer, merges, storedAt);
    // A merge of parts keeps the row that was inserted last: an older one of a turn that is stored anew must not come after it.
    const anew = new Set(moves.map(({ row }) => row.event_id));
    const carried: [Merge, string[]][] = [];
    for (const merge of merges) carried.push([merge, await turnsIn(this.writer, projectId, merge.from)]);
    for (const [merge, ids] of carried) {
      await copyTurns(
        this.writer,
        merge,
        ids.filter((id) => !anew.has(id)),
      );
    }
    await this.store(moves, storedAt);
    for (const [merge, ids] of carried) await hideTurns(this.writer, merge, ids);
    const stayed = moves.filter(({ one, row }) => one.conversationId === row.conversation_id);
    await hideStoredAnew(this.writer, {
      projectId,
      conversationIds: [...new Set(stayed.map(({ row }) => row.conversation_id))],
      eventIds: stayed.map(({ row }) => row.event_id),
      readAt: stayed.map(({ row }) => row.storedAtMs),
      keys: [...new Set(stayed.flatMap(({ one, row }) => keysOf(one, row)))],
    });
  }

  /** What broke off, or was put by another worker into a conversation that was just becoming part of another one. */
  async finish(merge: Merge): Promise<void> {
    const ids = await turnsIn(this.writer, merge.projectId, merge.from);
    const there = new Set(await turnsIn(this.writer, merge.projectId, merge.into));
    const missing = ids.filter((id) => !there.has(id));
    await copyTurns(this.writer, merge, missing);
    await hideTurns(this.writer, merge, ids);
  }

  private async store(moves: readonly Move[], storedAt: number): Promise<void> {
    const changes = moves.map(({ one }) => one);
    await this.wanted.insert(changes.flatMap((one) => wantedRowsOf(one, storedAt)));
    await this.links.insert(changes.flatMap((one) => linkRowsOf(one, storedAt)));
    await this.turns.insert(
      moves.map(({ one, known, row: { storedAtMs: _read, ...row } }) => {
        const now = turnRowOf(one, known);
        const { conversation_id, relation, parent_event_id, spawn_call_id, inferred_by, input_known } = now;
        const place = { conversation_id, relation, parent_event_id, spawn_call_id, inferred_by, input_known };
        return { ...row, ...place, stored_at: timeText(storedAt) };
      }),
    );
  }
}

/** A turn that began its conversation takes it along. */
function mergeOf(projectId: string, { one, row }: Move): Merge[] {
  if (one.conversationId === row.conversation_id || row.conversation_id !== row.event_id) return [];
  return [{ projectId, from: row.conversation_id, into: one.conversationId, startedAt: one.turn.head.startedAt }];
}

/** All that a turn was or is found by. */
function keysOf(one: PlacedTurn, row: StoredTurnRow): string[] {
  const { turn, placement, afterKey } = one;
  const parents = [placement.parentTurnId, row.parent_event_id, afterKey].filter((key) => key !== null);
  const found = linkRowsOf(one, 0).map(({ key }) => key);
  return [...found, ...turn.links.keys, ...turn.links.marks, ...parents];
}
