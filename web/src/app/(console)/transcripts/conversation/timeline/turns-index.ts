/** Every turn of a conversation in brief, as the API lists it: the same place in each list is the same turn. */
export interface TimelineColumns {
  readonly leftOut: number;
  readonly eventIds: readonly string[];
  readonly startsMs: readonly number[];
  readonly durationsMs: readonly (number | null)[];
  readonly firstTokensMs: readonly (number | null)[];
  readonly parents: readonly (number | null)[];
  readonly failed: readonly { readonly at: number; readonly errorCode: string | null }[];
  readonly forks: readonly number[];
  readonly spawned: readonly number[];
  readonly repeats: readonly number[];
}

/** Turns that follow one another: the conversation itself, or what one sub-agent did. */
export interface Thread {
  /** 0 = the conversation itself. */
  readonly number: number;
  /** Places of its first turn, and of the turn that started it; null = not known. */
  readonly first: number;
  readonly startedBy: number | null;
  turns: number;
  failed: number;
}

/** What can be told of any turn of the conversation, wherever the page stands. */
export interface TurnsIndex extends TimelineColumns {
  readonly count: number;
  readonly threads: readonly Thread[];
  /** Place -> number of its thread. */
  readonly threadOf: readonly number[];
  /** Place -> places of forks and sub-agents that begin at it. */
  readonly branchesOf: ReadonlyMap<number, readonly number[]>;
  readonly errorAt: ReadonlyMap<number, string | null>;
  readonly isFork: ReadonlySet<number>;
  readonly isSpawned: ReadonlySet<number>;
  readonly isRepeat: ReadonlySet<number>;
  placeOf(eventId: string): number | undefined;
  /** As people count: from 1, older turns that are not listed included. */
  numberOf(place: number): number;
}

export function turnsIndex(columns: TimelineColumns): TurnsIndex {
  const { eventIds, parents, failed, forks, spawned, repeats, leftOut } = columns;
  const [isFork, isSpawned, isRepeat] = [new Set(forks), new Set(spawned), new Set(repeats)];
  const errorAt = new Map(failed.map(({ at, errorCode }) => [at, errorCode] as const));
  const threads: Thread[] = [{ number: 0, first: 0, startedBy: null, turns: 0, failed: 0 }];
  const threadOf: number[] = [];
  const branchesOf = new Map<number, number[]>();
  for (let place = 0; place < eventIds.length; place++) {
    const parent = parents[place] ?? null;
    // A turn is stored under the time it began at, so that one may stand before what it goes on from.
    const inherited = parent !== null && parent < place ? (threadOf[parent] ?? 0) : 0;
    if (isSpawned.has(place)) {
      threads.push({ number: threads.length, first: place, startedBy: parent, turns: 0, failed: 0 });
    }
    const number = isSpawned.has(place) ? threads.length - 1 : inherited;
    threadOf.push(number);
    const thread = threads[number] as Thread;
    thread.turns++;
    if (errorAt.has(place)) thread.failed++;
    if (parent !== null && (isFork.has(place) || isSpawned.has(place))) {
      branchesOf.set(parent, [...(branchesOf.get(parent) ?? []), place]);
    }
  }
  const places = new Map(eventIds.map((eventId, place) => [eventId, place] as const));
  return {
    ...columns,
    ...{ count: eventIds.length, threads, threadOf, branchesOf, errorAt, isFork, isSpawned, isRepeat },
    placeOf: (eventId) => places.get(eventId),
    numberOf: (place) => leftOut + place + 1,
  };
}

/** The next failed turn after a place, or the last one before it; null = there is none that way. */
export function failedBeside({ failed }: TurnsIndex, place: number | null, step: 1 | -1): number | null {
  const places = failed.map(({ at }) => at);
  if (step === 1) return places.find((at) => at > (place ?? -1)) ?? null;
  return places.findLast((at) => at < (place ?? Number.POSITIVE_INFINITY)) ?? null;
}

/** The turn whose prompt this one's is compared with first: what it goes on from, else the one before it. */
export function comparedWith({ parents }: TurnsIndex, place: number): number | null {
  return parents[place] ?? (place > 0 ? place - 1 : null);
}
