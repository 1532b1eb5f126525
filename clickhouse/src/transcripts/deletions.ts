import { z } from 'zod';
import type { Reader } from '../client.js';

/** What is to be deleted of a project's recorded calls: those that all of it is true of; null = no restriction. */
export interface DeletionScope {
  readonly projectId: string;
  readonly conversationId: string | null;
  readonly appId: string | null;
  readonly user: string | null;
  readonly providerId: string | null;
  /** Calls that began in `[from, to)`, UTC epoch ms. */
  readonly from: number | null;
  readonly to: number | null;
}

/** An order to delete what began before it. */
export interface Deletion extends DeletionScope {
  readonly deletionId: string;
  /** UTC epoch ms. */
  readonly orderedAt: number;
  readonly isDone: boolean;
}

const instant = z.number().int().nullable();
const row = z.object({
  projectId: z.string(),
  deletionId: z.string(),
  orderedAt: z.number().int(),
  conversationId: z.string().nullable(),
  appId: z.string().nullable(),
  user: z.string().nullable(),
  providerId: z.string().nullable(),
  from: instant,
  to: instant,
  isDone: z.boolean(),
});

/** Every order that was ever given for a project. */
export function deletionsOf(reader: Reader, projectId: string): Promise<Deletion[]> {
  return reader.query({
    name: 'transcript-deletions',
    sql: `SELECT toString(d.project_id) AS projectId, toString(d.deletion_id) AS deletionId,
        toUnixTimestamp64Milli(d.ordered_at) AS orderedAt, toString(d.conversation_id) AS conversationId,
        toString(d.app_id) AS appId, user, toString(d.provider_id) AS providerId,
        toUnixTimestamp64Milli(d.from_at) AS from, toUnixTimestamp64Milli(d.to_at) AS to, is_done AS isDone
      FROM transcript_deletions_v1 AS d WHERE d.project_id = {projectId:UUID}
      ORDER BY d.is_done DESC LIMIT 1 BY d.deletion_id`,
    params: { projectId },
    row,
  });
}

/** A recorded call, as far as an order to delete can tell it. */
export interface DeletableTurn {
  readonly projectId: string;
  readonly conversationId: string;
  readonly appId: string;
  readonly user: string | null;
  readonly providerId: string;
  readonly startedAt: number;
}

/** Whether a turn is one of those that an order was about. What begins later is kept. */
export function isDeleted(turn: DeletableTurn, order: Deletion): boolean {
  const isOf = (wanted: string | null, own: string | null) => wanted === null || wanted === own;
  return (
    order.projectId === turn.projectId &&
    turn.startedAt < order.orderedAt &&
    isOf(order.conversationId, turn.conversationId) &&
    isOf(order.appId, turn.appId) &&
    isOf(order.user, turn.user) &&
    isOf(order.providerId, turn.providerId) &&
    (order.from === null || turn.startedAt >= order.from) &&
    (order.to === null || turn.startedAt < order.to)
  );
}
