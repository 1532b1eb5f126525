import type { Joint } from './join.js';
import type { InferredBy, NativeIds } from './native-ids.js';

/** Where a turn belongs. */
export interface Placement {
  /** Null = it begins a conversation that nobody has named. */
  readonly conversationId: string | null;
  /** Null where there is nothing it was inferred by. */
  readonly inferredBy: InferredBy | null;
  readonly relation: Joint['relation'] | 'starts';
  /** The turn it goes on from, repeats, or was spawned by. */
  readonly parentTurnId: string | null;
  readonly callId: string | null;
}

/**
 * What a call states itself comes before what is inferred from what it says; that then still tells which of the
 * conversation's turns it goes on from.
 * @param previous the turn whose answer the call names as its previous one; null = it names none, or none that is known
 */
export function placeTurn(
  native: NativeIds,
  previous: { readonly turnId: string; readonly conversationId: string } | null,
  joint: Joint | null,
): Placement {
  const stated =
    native.conversation ?? (previous && { id: previous.conversationId, inferredBy: 'provider_id' as const });
  if (stated === null && joint === null) {
    return { conversationId: null, inferredBy: null, relation: 'starts', parentTurnId: null, callId: null };
  }
  const conversationId = stated?.id ?? joint?.conversationId ?? null;
  const inferredBy = stated?.inferredBy ?? 'prefix';
  if (joint !== null && joint.conversationId === conversationId) {
    return { conversationId, inferredBy, relation: joint.relation, parentTurnId: joint.turnId, callId: joint.callId };
  }
  const follows = previous !== null && previous.conversationId === conversationId;
  const relation = follows ? 'continues' : 'starts';
  return { conversationId, inferredBy, relation, parentTurnId: follows ? previous.turnId : null, callId: null };
}
