import type { Timeline } from '@weir/clickhouse';
import type { ConversationTimelineType } from './timeline.types.js';

/** Lists of numbers in place of twenty thousand objects: a tenth of the bytes. */
export function inColumns({ marks, leftOut }: Timeline): ConversationTimelineType {
  const placeOf = new Map(marks.map(({ eventId }, at) => [eventId, at]));
  const placesOf = (relation: string) => marks.flatMap((mark, at) => (mark.relation === relation ? [at] : []));
  return {
    leftOut,
    eventIds: marks.map(({ eventId }) => eventId),
    startsMs: marks.map(({ startedAt }) => startedAt),
    durationsMs: marks.map(({ durationMs }) => durationMs),
    firstTokensMs: marks.map(({ firstTokenMs }) => firstTokenMs),
    parents: marks.map(({ parentEventId }) => placeOf.get(parentEventId ?? '') ?? null),
    failed: marks.flatMap(({ isFailed, errorCode }, at) => (isFailed ? [{ at, errorCode }] : [])),
    forks: placesOf('forks'),
    spawned: placesOf('spawned'),
    repeats: placesOf('repeats'),
  };
}
