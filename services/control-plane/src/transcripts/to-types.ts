import type { BodyFacts, Conversation, PagedTurn, TurnsUsage } from '@weir/clickhouse';
import { type ConversationStatus, type ConversationType, type TranscriptUsage } from './conversations.types.js';
import type { BodyFactsType, TurnType } from './turns.types.js';

function toUsage({ costUsd, ...usage }: TurnsUsage): TranscriptUsage {
  return { ...usage, cost: costUsd };
}

/** @param withTitle it is words of a request */
export function toConversation(one: Conversation, withTitle: boolean): ConversationType {
  return {
    ...one,
    id: one.conversationId,
    title: withTitle ? one.title : null,
    status: one.status as ConversationStatus,
    startedAt: new Date(one.startedAt),
    lastTurnAt: new Date(one.lastTurnAt),
    usage: toUsage(one.usage),
  };
}

export function toBodyFacts({ state, reason, contentType, bytes, keptBytes, redactions }: BodyFacts): BodyFactsType {
  const counts = Object.entries(redactions).map(([rule, count]) => ({ rule, count }));
  return { state, reason, contentType, bytes, keptBytes, redactions: counts };
}

export function toTurn(turn: PagedTurn): TurnType {
  return {
    ...turn,
    startedAt: new Date(turn.startedAt),
    request: toBodyFacts(turn.request),
    response: toBodyFacts(turn.response),
    usage: toUsage(turn.usage),
  };
}
