import type { TranscriptWantedRow } from '@weir/clickhouse';
import type { Joint } from '@weir/transcripts';
import { responseKey } from './ids.js';
import type { PlacedTurn } from './placed-turn.js';
import type { ReadTurn } from './read-turn.js';

/** A link that was looked for in vain. */
export interface Wanted {
  readonly kind: TranscriptWantedRow['kind'];
  readonly key: string;
}

/** The answer before is among the last that are repeated. */
const MARKS_MAX = 2;

/** What a turn may go on from that is nearer to it than what was found. A first question may be the task of an agent. */
export function wantedBy(
  { links, native, scope }: Pick<ReadTurn, 'links' | 'native' | 'scope'>,
  joint: Joint | null,
  isPreviousMissing: boolean,
): Wanted[] {
  const found = joint === null || joint.relation === 'spawned' ? '' : joint.afterKey;
  const markedAt = links.marks.lastIndexOf(found);
  const marks = found === '' || markedAt >= 0 ? links.marks.slice(markedAt + 1) : [];
  const foundAt = markedAt >= 0 && marks.length === 0 ? links.keys.length : links.keys.lastIndexOf(found);
  const nearer = links.pastKeys.filter((key) => links.keys.lastIndexOf(key) > foundAt);
  const mayBeSpawned = joint === null && !links.hasHistory && links.openingKey !== null;
  const { previousResponseId } = native;
  return [
    ...[...nearer, ...marks.slice(-MARKS_MAX)].map((key) => ({ kind: 'reply' as const, key })),
    ...(mayBeSpawned ? [{ kind: 'spawn' as const, key: links.openingKey }] : []),
    ...(isPreviousMissing && previousResponseId !== null
      ? [{ kind: 'response_id' as const, key: responseKey(scope, previousResponseId) }]
      : []),
  ];
}

/** What a turn goes on from was found, and is not there as a whole yet: what of the prompt is its own is told later. */
export function wantedAgain({ turn: { native, scope }, placement, afterKey }: PlacedTurn): Wanted[] {
  if (placement.parentTurnId === null || placement.relation === 'spawned') return [];
  if (afterKey !== null) return [{ kind: 'reply', key: afterKey }];
  const { previousResponseId } = native;
  return previousResponseId === null ? [] : [{ kind: 'response_id', key: responseKey(scope, previousResponseId) }];
}
