import type { TurnLinks } from './links.js';

/** A turn that was kept before, as far as joining needs it. */
export interface KnownTurn {
  readonly turnId: string;
  readonly conversationId: string;
  readonly requestKey: string | null;
  readonly replyKeys: readonly string[];
  readonly persona: string;
  readonly spawnKeys: readonly { readonly callId: string | null; readonly key: string }[];
  /** The key of an earlier turn that this one was joined at; null = it began its conversation. */
  readonly afterKey: string | null;
  /** Another turn follows it, so that none of its calls waits any more. */
  readonly isContinued: boolean;
  /** No whole answer came. */
  readonly isIncomplete: boolean;
}

/** How a turn stands to an earlier one. */
export interface Joint {
  readonly relation: 'continues' | 'forks' | 'repeats' | 'spawned';
  readonly turnId: string;
  readonly conversationId: string;
  /** To be kept with the turn as its `afterKey`. */
  readonly afterKey: string;
  /** The call that started a sub-agent; null where it has no id, and in every other relation. */
  readonly callId: string | null;
}

/**
 * Finds what a turn goes on from.
 * @param known turns found by any of the turn's `keys` (as their request, reply or after key) or, by a spawn key, by its
 * `openingKey`; the newest first
 * @returns null where the turn begins a conversation
 */
export function joinTurn(links: TurnLinks, known: readonly KnownTurn[]): Joint | null {
  for (let depth = links.keys.length - 1; depth >= 0; depth--) {
    const key = links.keys[depth] as string;
    const isWhole = depth === links.keys.length - 1;
    const joint = joinedAt(key, isWhole, links, known);
    if (joint !== null) return joint;
  }
  return spawned(links, known);
}

function joinedAt(key: string, isWhole: boolean, links: TurnLinks, known: readonly KnownTurn[]): Joint | null {
  const before = preferred(
    links,
    known.filter(({ replyKeys }) => replyKeys.includes(key)),
  );
  if (before !== null) return joint(isForked(key, links, known) ? 'forks' : 'continues', before, key);
  const asked = preferred(
    links,
    known.filter(({ requestKey }) => requestKey === key),
  );
  if (asked === null) return null;
  // The same short question is asked anew all the time; only with a past, or after a failure, is it the same one.
  if (isWhole) return links.hasHistory || asked.isIncomplete ? joint('repeats', asked, asked.afterKey ?? key) : null;
  // An answer without a step of its own is gone on from where it was asked for.
  return joint(asked.isIncomplete || asked.replyKeys.length === 0 ? 'continues' : 'forks', asked, key);
}

/** Another turn went on from here, got an answer, and is no ancestor of this one. */
function isForked(key: string, { keys }: TurnLinks, known: readonly KnownTurn[]): boolean {
  return known.some(
    ({ afterKey, requestKey, isIncomplete }) =>
      afterKey === key && !isIncomplete && requestKey !== null && !keys.includes(requestKey),
  );
}

function spawned(links: TurnLinks, known: readonly KnownTurn[]): Joint | null {
  if (links.openingKey === null || links.hasHistory) return null;
  for (const turn of known) {
    const call = turn.isContinued ? undefined : turn.spawnKeys.find(({ key }) => key === links.openingKey);
    if (call !== undefined) return { ...joint('spawned', turn, call.key), callId: call.callId };
  }
  return null;
}

/** One under the same instructions, else the newest. */
function preferred({ persona }: TurnLinks, turns: readonly KnownTurn[]): KnownTurn | null {
  return turns.find((turn) => turn.persona === persona) ?? turns[0] ?? null;
}

function joint(relation: Joint['relation'], { turnId, conversationId }: KnownTurn, afterKey: string): Joint {
  return { relation, turnId, conversationId, afterKey, callId: null };
}
