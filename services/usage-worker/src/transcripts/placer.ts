import { type EarlierLink, linksUnder, type Reader } from '@weir/clickhouse';
import { type Joint, joinTurn, placeTurn } from '@weir/transcripts';
import { responseKey } from './ids.js';
import { knownTurns } from './known-turns.js';
import { linksOf, type PlacedTurn, placed } from './placed-turn.js';
import type { ReadTurn } from './read-turn.js';

/** Of the keys of a request the last ones: what a turn goes on from is hardly ever further back. */
const NEAR_KEYS = 32;

/**
 * Puts the turns of one project into conversations, in the order in which they began, each by what is stored and by those
 * before it. The same turns over the same store are put the same way.
 */
export class Placer {
  private readonly links = new Map<string, EarlierLink[]>();
  private readonly asked = new Set<string>();
  /** Conversations that were deleted -> when; what began before belongs to them still, and is not stored. */
  private readonly buried = new Map<string, number>();
  /** Turns of these are stored half at the most, and must not find themselves. */
  private readonly own: ReadonlySet<string>;
  /** Conversations that they name themselves. */
  private readonly stated: readonly string[];

  constructor(
    private readonly reader: Reader,
    private readonly projectId: string,
    private readonly turns: readonly ReadTurn[],
  ) {
    this.own = new Set(turns.map(({ head }) => head.eventId));
    this.stated = [...new Set(turns.flatMap(({ native }) => native.conversation?.id ?? []))];
  }

  async place(): Promise<PlacedTurn[]> {
    await this.ask(this.turns.flatMap(nearKeys));
    const done: PlacedTurn[] = [];
    for (const turn of this.turns.toSorted((a, b) => inOrder(a, b))) {
      const one = await this.placeOne(turn);
      const buriedAt = this.buried.get(one.conversationId) ?? null;
      for (const link of linksOf(one)) this.add({ ...link, buried_at_ms: buriedAt });
      done.push(one);
    }
    return done;
  }

  private async placeOne(turn: ReadTurn): Promise<PlacedTurn> {
    const { keys } = turn.links;
    let joint = await this.join(turn, keys.slice(-NEAR_KEYS));
    if ((joint === null || joint.relation === 'spawned') && keys.length > NEAR_KEYS) {
      await this.ask(keys);
      joint = await this.join(turn, keys);
    }
    const { previousResponseId } = turn.native;
    const [before] =
      previousResponseId === null
        ? []
        : this.known(turn, [responseKey(turn.scope, previousResponseId)], ['response_id']);
    const previous = before ? { turnId: before.event_id, conversationId: before.conversation_id } : null;
    return placed(turn, placeTurn(turn.native, previous, joint), joint);
  }

  private async join(turn: ReadTurn, among: readonly string[]): Promise<Joint | null> {
    const { links, native } = turn;
    const spawns = links.openingKey === null ? [] : this.known(turn, [links.openingKey], ['spawn']);
    const found = [...this.known(turn, [...among, ...links.marks], ['request', 'reply', 'after']), ...spawns];
    const spawners = [...new Set(spawns.map(({ event_id }) => event_id))];
    await this.ask(spawners);
    const continued = new Set(spawners.filter((id) => this.known(turn, [id], ['parent']).length > 0));
    // The same words may have been said in others; a turn that states where it belongs goes on from none of these.
    const stated = native.conversation?.id;
    const own = stated === undefined ? found : found.filter(({ conversation_id }) => conversation_id === stated);
    // Keys further back are none that anything was found by.
    return joinTurn(links, knownTurns(own, continued), native.agentId !== null);
  }

  private known(
    { head: { startedAt } }: ReadTurn,
    keys: readonly string[],
    kinds: readonly EarlierLink['kind'][],
  ): EarlierLink[] {
    const isThere = ({ kind, buried_at_ms: at }: EarlierLink) =>
      kinds.includes(kind) && (at === null || startedAt < at);
    return keys.flatMap((key) => (this.links.get(key) ?? []).filter(isThere));
  }

  private async ask(keys: readonly string[]): Promise<void> {
    const unasked = [...new Set(keys)].filter((key) => !this.asked.has(key));
    if (unasked.length === 0) return;
    for (const key of unasked) this.asked.add(key);
    for (const link of await linksUnder(this.reader, this.projectId, unasked, this.stated)) {
      if (!this.own.has(link.event_id)) this.add(link);
    }
  }

  private add(link: EarlierLink): void {
    if (link.buried_at_ms !== null) this.buried.set(link.conversation_id, link.buried_at_ms);
    const under = this.links.get(link.key);
    if (under) under.push(link);
    else this.links.set(link.key, [link]);
  }
}

function nearKeys({ links, native, scope }: ReadTurn): string[] {
  const { openingKey } = links;
  return [
    ...links.keys.slice(-NEAR_KEYS),
    ...links.marks,
    ...(openingKey === null ? [] : [openingKey]),
    ...(native.previousResponseId === null ? [] : [responseKey(scope, native.previousResponseId)]),
  ];
}

/** Attempts at one call begin in one millisecond now and then. */
const inOrder = ({ head: a }: ReadTurn, { head: b }: ReadTurn): number =>
  a.startedAt - b.startedAt || a.attempt - b.attempt || (a.eventId < b.eventId ? -1 : 1);
