import type { RequestHead } from './head.js';

/**
 * Tells the upstream of our own span in place of the app's. What vendors add beside it stays, unless the app's
 * `traceparent` was none: it then belongs to no trace (https://www.w3.org/TR/trace-context/#tracestate-header).
 */
export function withTraceparent(head: RequestHead, traceparent: string, hasParent: boolean): RequestHead {
  const forward: string[] = [];
  for (let at = 0; at < head.forward.length; at += 2) {
    const name = head.forward[at] as string;
    if (name === 'traceparent' || (name === 'tracestate' && !hasParent)) continue;
    forward.push(name, head.forward[at + 1] as string);
  }
  forward.push('traceparent', traceparent);
  return { ...head, forward, isTraceReplaced: true };
}
