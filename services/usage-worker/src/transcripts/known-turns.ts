import type { EarlierLink } from '@weir/clickhouse';
import type { KnownTurn } from '@weir/transcripts';

/** Stands for answers whose keys were not asked for: it is no key. */
const OTHER_REPLY = '';

/** Turns as `joinTurn` takes them, the newest first, out of the links that were found of them. */
export function knownTurns(links: readonly EarlierLink[], continued: ReadonlySet<string>): KnownTurn[] {
  const byTurn = Map.groupBy(links, ({ event_id }) => event_id);
  const newestFirst = [...byTurn].sort(([, [a]], [, [b]]) => (b?.started_at_ms ?? 0) - (a?.started_at_ms ?? 0));
  return newestFirst.map(([turnId, own]) => {
    const one = own[0] as EarlierLink;
    const replies = own.filter(({ kind }) => kind === 'reply').map(({ key }) => key);
    return {
      turnId,
      conversationId: one.conversation_id,
      requestKey: one.request_key,
      replyKeys: replies.length === 0 && one.has_reply ? [OTHER_REPLY] : replies,
      persona: one.persona,
      spawnKeys: own.filter(({ kind }) => kind === 'spawn').map(({ call_id, key }) => ({ callId: call_id, key })),
      afterKey: one.after_key,
      isContinued: continued.has(turnId),
      isIncomplete: one.is_incomplete,
      callId: own.find(({ kind }) => kind === 'request')?.call_id ?? null,
      replyCallId: own.find(({ kind }) => kind === 'reply')?.call_id ?? null,
    };
  });
}
