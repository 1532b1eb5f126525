import { count, duration, exactTime } from '../../../../../format';
import { visible } from '../../visible';
import type { TurnsIndex } from './turns-index';

/** A turn in one line: what a hover says, and a screen reader. */
export function turnText(index: TurnsIndex, place: number): string {
  const { startsMs, durationsMs, firstTokensMs, threadOf, errorAt, isFork } = index;
  const token = firstTokensMs[place] ?? null;
  const thread = threadOf[place] ?? 0;
  const error = errorAt.get(place);
  return [
    `Turn ${count(index.numberOf(place))} of ${count(index.numberOf(index.count - 1))}`,
    exactTime(new Date(startsMs[place] ?? 0)),
    ...(token === null ? [] : [`${duration(token)} to the first token`]),
    durationsMs[place] == null ? 'duration not known' : duration(durationsMs[place]),
    ...(error === undefined ? [] : [error === null ? 'failed' : `failed: ${visible(error)}`]),
    ...(isFork.has(place) ? ['a fork'] : []),
    ...(thread > 0 ? [`sub-agent ${thread}`] : []),
  ].join(' · ');
}
