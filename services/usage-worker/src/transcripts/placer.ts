import { type EarlierLink, linksUnder, type Reader, type TurnAt } from '@weir/clickhouse';
import { type Joint, joinTurn, placeTurn } from '@weir/transcripts';
import { responseKey } from './ids.js';
import { knownTurns } from './known-turns.js';
import { linksOf, type PlacedTurn, placed } from './placed-turn.js';
import type { ReadTurn } from './read-turn.js';

/** Of the keys of a request the last ones: what a turn goes on from is hardly ever further back. */
const NEAR_KEYS = 32;

/** Of turns that are placed once more: the conversations that they are in. */
export type Homes = ReadonlyMap<string, string>;

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
  /** Conversations that they name themselves, or are in. */
  private readonly stated: readonly string[];
  /** Of those that are placed once more, the keys that they went on at. */
  private readonly wentOnAt = new Map<string, string>();
  /** Conversations that have become part of others here -> of which. */
  private readonly merged = new Map<string, string>();

  constructor(
    private readonly reader: Reader,
    private readonly projectId: string,
    private readonly turns: readonly ReadTurn[],
    /** null = none of them is stored. What is stored goes on from what began before it alone, and stays unless it began its conversation. */
    private readonly homes: Homes | null = null,
  ) {
    this.own = new Set(turns.map(({ head }) => head.eventId));
    this.stated = [...new Set(turns.flatMap((turn) => this.boundTo(turn) ?? []))];
  }

  async place(): Promise<PlacedTurn[]> {
    await this.ask(this.turns.flatMap(nearKeys));
    const done: PlacedTurn[] = [];
    for (const turn of this.turns.toSorted((a, b) => inOrder(a, b))) {
      const one = await this.placeOne(turn);
      const buriedAt = this.buried.get(one.conversationId) ?? null;
      if (this.isHead(turn) && one.conversationId !== turn.head.eventId)
        this.merged.set(turn.head.eventId, one.conversationId);
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
        ? [null]
        : this.known(turn, [responseKey(turn.scope, previousResponseId)], ['response_id']);
    const previous = before ? { turnId: before.event_id, conversationId: before.conversation_id } : before;
    return placed(turn, placeTurn(turn.native, previous ?? null, joint), joint, previous);
  }

  /** It is stored as the first turn of a conversation that nobody has named. */
  private isHead({ head: { eventId } }: ReadTurn): boolean {
    return this.homes?.get(eventId) === eventId;
  }

  /** The conversation that it cannot leave; undefined = any may be its own. */
  private boundTo(turn: ReadTurn): string | undefined {
    const home = this.isHead(turn) ? undefined : this.homes?.get(turn.head.eventId);
    return turn.native.conversation?.id ?? (home && (this.merged.get(home) ?? home));
  }

  private async join(turn: ReadTurn, among: readonly string[]): Promise<Joint | null> {
    const { links, native } = turn;
    const spawns = links.openingKey === null ? [] : this.known(turn, [links.openingKey], ['spawn']);
    const found = [...this.known(turn, [...among, ...links.marks], ['request', 'reply', 'after']), ...spawns];
    const spawners = [...new Set(spawns.map(({ event_id }) => event_id))];
    await this.ask(spawners);
    const continued = new Set(spawners.filter((id) => this.known(turn, [id], ['parent']).length > 0));
    // The same words may have been said in others; a turn that states where it belongs goes on from none of these.
    const stated = this.boundTo(turn);
    const own = stated === undefined ? found : found.filter(({ conversation_id }) => conversation_id === stated);
    // Keys further back are none that anything was found by.
    return joinTurn(links, knownTurns(own, continued), native.agentId !== null);
  }

  private known(turn: ReadTurn, keys: readonly string[], kinds: readonly EarlierLink['kind'][]): EarlierLink[] {
    const isThere = (link: EarlierLink) =>
      kinds.includes(link.kind) &&
      (link.buried_at_ms === null || turn.head.startedAt < link.buried_at_ms) &&
      this.mayPrecede(link, turn);
    const found = keys.flatMap((key) => (this.links.get(key) ?? []).filter(isThere));
    if (this.merged.size === 0) return found;
    return found.map((link) => ({
      ...link,
      conversation_id: this.merged.get(link.conversation_id) ?? link.conversation_id,
    }));
  }

  /**
   * What comes late is not what repeats an earlier one, and what is placed once more knows those after it, too. Otherwise clocks
   * are not asked: those of machines differ.
   */
  private mayPrecede(link: EarlierLink, { head, links }: ReadTurn): boolean {
    const isSameRequest = link.request_key !== null && link.request_key === links.requestKey;
    if (this.own.has(link.event_id) || (this.homes === null && !isSameRequest)) return true;
    const { started_at_ms: startedAt, event_id: eventId } = link;
    return startedAt < head.startedAt || (startedAt === head.startedAt && eventId < head.eventId);
  }

  private async ask(keys: readonly string[]): Promise<void> {
    const unasked = [...new Set(keys)].filter((key) => !this.asked.has(key));
    if (unasked.length === 0) return;
    for (const key of unasked) this.asked.add(key);
    for (const link of await linksUnder(this.reader, this.projectId, unasked, this.stated)) {
      if (!this.own.has(link.event_id)) this.add(link);
      else if (link.kind === 'after') this.wentOnAt.set(link.event_id, link.key);
    }
  }

  /** Stored turns that go on from where these do, or did: which of them are forks depends on all. */
  besides(placed: readonly PlacedTurn[]): TurnAt[] {
    const keys = new Set(placed.flatMap(({ turn, afterKey }) => [afterKey, this.wentOnAt.get(turn.head.eventId)]));
    const found = [...keys].flatMap((key) => this.links.get(key ?? '') ?? []);
    return found
      .filter(({ kind, event_id }) => kind === 'after' && !this.own.has(event_id))
      .map(({ event_id: eventId, started_at_ms: startedAt }) => ({ eventId, startedAt }));
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
