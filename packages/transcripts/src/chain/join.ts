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
  /** Of the last call of a tool that its request repeats, and that its answer makes; null = none is known. */
  readonly callId: string | null;
  readonly replyCallId: string | null;
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
 * @param known turns found by any of the turn's `keys` or `marks` (as their request, reply or after key) or, by a spawn key,
 * by its `openingKey`; the newest first
 * @param isAgent the call says that an agent within its session makes it: one that was started may work beside its parent
 * @returns null where the turn begins a conversation
 */
export function joinTurn(links: TurnLinks, known: readonly KnownTurn[], isAgent: boolean): Joint | null {
  for (let depth = links.keys.length - 1; depth >= 0; depth--) {
    const key = links.keys[depth] as string;
    const isWhole = depth === links.keys.length - 1;
    const joint = joinedAt(key, isWhole, links, known);
    if (joint !== null) return isAnswer(key, known) ? joint : laterOf(joint, marked(links, known), known);
  }
  return marked(links, known) ?? spawned(links, known, isAgent);
}

/** An answer that came after a question was asked first tells more than that question: this is another run, or its end. */
function laterOf(asked: Joint, said: Joint | null, known: readonly KnownTurn[]): Joint {
  const ageOf = ({ turnId }: Joint) => known.findIndex((turn) => turn.turnId === turnId);
  return said !== null && ageOf(said) <= ageOf(asked) ? said : asked;
}

const isAnswer = (key: string, known: readonly KnownTurn[]) => known.some(({ replyKeys }) => replyKeys.includes(key));

function marked(links: TurnLinks, known: readonly KnownTurn[]): Joint | null {
  for (const mark of links.marks.toReversed()) {
    const before = preferred(
      links,
      known.filter(({ replyKeys }) => replyKeys.includes(mark)),
    );
    if (before !== null) return after(before, mark, links, known);
  }
  return null;
}

function joinedAt(key: string, isWhole: boolean, links: TurnLinks, known: readonly KnownTurn[]): Joint | null {
  const before = preferred(
    links,
    known.filter(({ replyKeys }) => replyKeys.includes(key)),
  );
  if (before !== null) return after(before, key, links, known);
  const asked = preferred(
    links,
    known.filter(({ requestKey }) => requestKey === key),
  );
  if (asked === null) return null;
  if (isWhole) return again(asked, key, links, known);
  // An answer without a step of its own is gone on from where it was asked for.
  return joint(asked.isIncomplete || asked.replyKeys.length === 0 ? 'continues' : 'forks', asked, key);
}

function after(before: KnownTurn, key: string, links: TurnLinks, known: readonly KnownTurn[]): Joint {
  return joint(isForked(before, key, links, known) ? 'forks' : 'continues', before, key);
}

/** Another turn went on from here, got an answer, and is no ancestor of this one. */
function isForked(before: KnownTurn, key: string, { keys }: TurnLinks, known: readonly KnownTurn[]): boolean {
  return known.some(
    ({ conversationId, afterKey, requestKey, isIncomplete }) =>
      conversationId === before.conversationId &&
      afterKey === key &&
      !isIncomplete &&
      requestKey !== null &&
      !keys.includes(requestKey),
  );
}

/** What was asked already: the same request once more, or an agent that does anew all that another run of it did. */
function again(asked: KnownTurn, key: string, links: TurnLinks, known: readonly KnownTurn[]): Joint | null {
  const { afterKey } = asked;
  const before =
    afterKey === null
      ? null
      : preferred(
          links,
          known.filter(({ replyKeys }) => replyKeys.includes(afterKey)),
        );
  if (before !== null && afterKey !== null && isOfAnotherRun(before, asked, links, known)) {
    return after(before, afterKey, links, known);
  }
  // The same short question is asked anew all the time; only with a past, or after a failure, is it the same one.
  return links.hasHistory || asked.isIncomplete ? joint('repeats', asked, afterKey ?? key) : null;
}

/** Its tools' calls tell, else the time: what is sent again follows no answer that came after it was sent first. */
function isOfAnotherRun(before: KnownTurn, asked: KnownTurn, links: TurnLinks, known: readonly KnownTurn[]): boolean {
  const isOtherCall = asked.callId !== null && asked.callId !== links.callIds.at(-1);
  return (isOtherCall && isCaller(before, links)) || known.indexOf(before) < known.indexOf(asked);
}

const isCaller = ({ replyCallId }: KnownTurn, { callIds }: TurnLinks): boolean =>
  replyCallId !== null && callIds.includes(replyCallId);

function spawned(links: TurnLinks, known: readonly KnownTurn[], isAgent: boolean): Joint | null {
  if (links.openingKey === null || links.hasHistory) return null;
  for (const turn of known) {
    const isOpen = isAgent || !turn.isContinued;
    const call = isOpen ? turn.spawnKeys.find(({ key }) => key === links.openingKey) : undefined;
    if (call !== undefined) return { ...joint('spawned', turn, call.key), callId: call.callId };
  }
  return null;
}

/** One whose calls were answered, one under the same instructions, else the newest. */
function preferred(links: TurnLinks, turns: readonly KnownTurn[]): KnownTurn | null {
  const callers = turns.filter((turn) => isCaller(turn, links));
  const among = callers.length > 0 ? callers : turns;
  return among.find(({ persona }) => persona === links.persona) ?? among[0] ?? null;
}

function joint(relation: Joint['relation'], { turnId, conversationId }: KnownTurn, afterKey: string): Joint {
  return { relation, turnId, conversationId, afterKey, callId: null };
}
