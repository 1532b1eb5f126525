import { createHash } from 'node:crypto';
import type { ChainScope } from '@weir/transcripts';

/** A hash's first half as a UUIDv8 (RFC 9562 section 5.8): as good a key in a table, at half the size. */
export function keyOf(sha256Hex: string): string {
  const variant = ((Number.parseInt(sha256Hex.charAt(16), 16) & 3) | 8).toString(16);
  const hex = `${sha256Hex.slice(0, 12)}8${sha256Hex.slice(13, 16)}${variant}${sha256Hex.slice(17, 32)}`;
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const named = (purpose: string, { projectId, appId, user }: ChainScope, id: string): string =>
  keyOf(
    createHash('sha256')
      .update(JSON.stringify([purpose, projectId, appId, user, id]))
      .digest('hex'),
  );

/** The id of a conversation that is stated: the same words of another project, app or user name another one. */
export const statedConversationId = (scope: ChainScope, stated: string): string =>
  named('weir.conversation.1', scope, stated);

/** By what the answer an upstream gave under this id is found. */
export const responseKey = (scope: ChainScope, responseId: string): string =>
  named('weir.response.1', scope, responseId);
