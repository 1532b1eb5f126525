import type { EarlierLink } from '@weir/clickhouse';
import type { Joint, Placement } from '@weir/transcripts';
import { responseKey } from './ids.js';
import type { ReadTurn } from './read-turn.js';
import { type Wanted, wantedBy } from './wanted.js';

/** A turn and where it belongs. */
export interface PlacedTurn {
  readonly turn: ReadTurn;
  readonly conversationId: string;
  readonly placement: Placement;
  /** To be kept for later turns; null where it began its conversation or was spawned. */
  readonly afterKey: string | null;
  /** By what a turn would be found that it may go on from, and that is not here yet. */
  readonly wanted: readonly Wanted[];
}

/** @param previous the turn whose answer the call names; null = it names none, undefined = none is known */
export function placed(
  turn: ReadTurn,
  placement: Placement,
  joint: Joint | null,
  previous: object | null | undefined,
): PlacedTurn {
  const isJoined = joint !== null && placement.parentTurnId === joint.turnId && joint.relation !== 'spawned';
  return {
    turn,
    // Nothing before it and nothing stated: it gives the conversation its own id, so that a repeat finds the same.
    conversationId: placement.conversationId ?? turn.head.eventId,
    placement,
    afterKey: isJoined ? joint.afterKey : null,
    wanted: wantedBy(turn, joint, previous === undefined),
  };
}

/** By what later turns find it. */
export function linksOf({ turn, conversationId, placement, afterKey }: PlacedTurn): EarlierLink[] {
  const { head, links, scope, reply, isIncomplete } = turn;
  const link = (
    kind: EarlierLink['kind'],
    key: string | null | undefined,
    callId: string | null = null,
  ): EarlierLink[] =>
    key == null
      ? []
      : [
          {
            key,
            kind,
            event_id: head.eventId,
            conversation_id: conversationId,
            call_id: callId,
            persona: links.persona,
            request_key: links.requestKey,
            after_key: afterKey,
            has_reply: links.replyKeys.length > 0,
            is_incomplete: isIncomplete,
            started_at_ms: head.startedAt,
            buried_at_ms: null,
          },
        ];
  return [
    ...link('request', links.requestKey, links.callIds.at(-1) ?? null),
    ...[...links.replyKeys, ...links.replyMarks].flatMap((key) => link('reply', key, links.replyCallId)),
    ...link('after', afterKey),
    ...links.spawnKeys.flatMap(({ key, callId }) => link('spawn', key, callId)),
    ...link('response_id', reply?.responseId ? responseKey(scope, reply.responseId) : null),
    ...link('parent', placement.relation === 'spawned' ? null : placement.parentTurnId),
  ];
}
