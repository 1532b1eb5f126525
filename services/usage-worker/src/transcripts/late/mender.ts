import { type LateTurn, rowsOfTurns, type StoredTurnRow, type TurnAt, type Writer } from '@weir/clickhouse';
import { messagesOfParents } from '../parents.js';
import type { PlacedTurn } from '../placed-turn.js';
import { Placer } from '../placer.js';
import type { ReadTurn } from '../read-turn.js';
import { knownOf } from '../rows.js';
import { type Move, Moves } from './moves.js';
import { storedTurn } from './stored-turn.js';

/** Looked at beside those that are put elsewhere, for what they are called alone. */
const BESIDES_MAX = 100;

/** Puts stored turns where they would be, had what they go on from been stored before them. */
export class Mender {
  private readonly moves: Moves;

  constructor(private readonly writer: Writer) {
    this.moves = new Moves(writer);
  }

  /**
   * Repeated any number of times, whatever broke off before, it leaves the same.
   * @returns what was put elsewhere
   * @throws WeirError `CLICKHOUSE_*`
   */
  async mend(projectId: string, turns: readonly LateTurn[]): Promise<Move[]> {
    const rows = new Map<string, StoredTurnRow>();
    const read = new Map<string, ReadTurn>();
    const learn = async (some: readonly TurnAt[]) => {
      for (const row of await rowsOfTurns(this.writer, projectId, some)) {
        const turn = await storedTurn(this.writer, row);
        // Of what is not whole nothing can be told.
        if (turn === null) continue;
        rows.set(row.event_id, row);
        read.set(row.event_id, turn);
      }
    };
    const place = async () => {
      const homes = new Map([...rows].map(([id, { conversation_id }]) => [id, conversation_id]));
      const placer = new Placer(this.writer, projectId, [...read.values()], homes);
      return { placer, placed: await placer.place() };
    };
    await learn(turns);
    const first = await place();
    let { placed } = first;
    const besides = first.placer.besides(placed).slice(0, BESIDES_MAX);
    if (besides.length > 0) {
      await learn(besides);
      ({ placed } = await place());
    }
    const moves = movesOf(placed, rows, await messagesOfParents(this.writer, projectId, placed, placed));
    await this.moves.make(projectId, moves);
    return moves;
  }
}

function movesOf(
  placed: readonly PlacedTurn[],
  rows: ReadonlyMap<string, StoredTurnRow>,
  parents: ReadonlyMap<string, ReadonlySet<string>>,
): Move[] {
  const rowOf = (one: PlacedTurn) => rows.get(one.turn.head.eventId) as StoredTurnRow;
  const into = new Map(
    placed.flatMap((one) => (beginsElsewhere(one, rowOf(one)) ? [[rowOf(one).event_id, one.conversationId]] : [])),
  );
  return placed.flatMap((one) => {
    const row = rowOf(one);
    const home = into.get(row.conversation_id) ?? row.conversation_id;
    const parent = parents.get(one.placement.parentTurnId ?? '');
    const move = { one, row, known: parent === undefined ? row.input_known : knownOf(one, parent) };
    return one.conversationId === home && !isTheSame(move) ? [move] : [];
  });
}

/** Others may go on from a turn where it is: only one that began its conversation leaves it, and takes all of them along. */
function beginsElsewhere({ conversationId, placement }: PlacedTurn, row: StoredTurnRow): boolean {
  return (
    row.conversation_id === row.event_id && conversationId !== row.conversation_id && placement.parentTurnId !== null
  );
}

function isTheSame({ one: { conversationId, placement }, row, known }: Move): boolean {
  const { parentTurnId, relation, callId } = placement;
  // What it went on from may be gone by now.
  if (parentTurnId === null) return true;
  return (
    conversationId === row.conversation_id &&
    parentTurnId === row.parent_event_id &&
    relation === row.relation &&
    known === row.input_known &&
    (callId?.toWellFormed() ?? null) === row.spawn_call_id
  );
}
