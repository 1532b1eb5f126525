import { type Asked, tokensIn } from './generation.js';

/**
 * Everything before the last marker is cached: read when the conversation has gone on, written when it has just begun.
 * The time to live is the one asked for beside the marker. @param marker the JSON key or value that sets a cache point
 */
export function cachedPrefix(messages: unknown, prompt: string, marker: string): Asked['cached'] {
  const at = prompt.lastIndexOf(marker);
  if (at < 0) return { read: 0, write5m: 0, write1h: 0 };
  const tokens = tokensIn(at);
  const turns = Array.isArray(messages) ? messages.length : 0;
  if (turns > 1) return { read: tokens, write5m: 0, write1h: 0 };
  return prompt.indexOf('"ttl":"1h"', at) >= 0
    ? { read: 0, write5m: 0, write1h: tokens }
    : { read: 0, write5m: tokens, write1h: 0 };
}
