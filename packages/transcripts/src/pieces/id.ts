import { createHash } from 'node:crypto';
import type { Message } from '../message/message.js';
import { canonicalJson } from './canonical.js';

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/**
 * SHA-256, in hex, by which a message is stored once: equal messages of two turns share it. Why an answer ended belongs
 * to the turn that it ended and is no part of it, so that an answer has the id it comes back with.
 */
export function messageId({ role, parts, name }: Message): string {
  return sha256(canonicalJson({ role, parts, name }));
}

/** SHA-256, in hex, of bytes as they are. */
export const pieceId = (bytes: Uint8Array): string => sha256(bytes);
