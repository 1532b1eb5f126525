import { RE2JS } from 're2js';
import type { Span } from './finder.js';

/**
 * Stretches of a text that a pattern matches, in time linear in the text's length.
 * @param group the part of a match that counts
 */
export function matchesOf(pattern: RE2JS, text: string, group = 0): Span[] {
  const spans: Span[] = [];
  const matcher = pattern.matcher(text);
  while (matcher.find()) {
    const start = matcher.start(group);
    if (start >= 0 && matcher.end(group) > start) spans.push({ start, end: matcher.end(group) });
  }
  return spans;
}

export const compiled = (pattern: string): RE2JS => RE2JS.compile(pattern);
