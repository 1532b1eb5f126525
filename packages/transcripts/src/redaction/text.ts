import type { Finder, Span } from './finder.js';
import { folded } from './fold.js';

/** Marks made, by the rule that made them. */
export type Counts = Record<string, number>;

interface Found extends Span {
  readonly name: string;
}

/** Text with what the rules find replaced by `[REDACTED:name]`; adds to `counts`. Throws whatever a finder throws. */
export function redactedText(text: string, finders: readonly Finder[], counts: Counts): string {
  if (text === '') return text;
  const { text: readable, originalOf } = folded(text);
  const found = finders.flatMap(({ name, find }) =>
    find(readable).map(({ start, end }): Found => ({ name, start: originalOf(start), end: originalOf(end) })),
  );
  if (found.length === 0) return text;
  // Finders come in the order of their right to name a stretch; the sort keeps it for equal starts.
  found.sort((a, b) => a.start - b.start);
  let out = '';
  let at = 0;
  for (const { name, start, end } of united(found)) {
    out += `${text.slice(at, start)}[REDACTED:${name}]`;
    counts[name] = (counts[name] ?? 0) + 1;
    at = end;
  }
  return out + text.slice(at);
}

/** Stretches that overlap are one. */
function united(found: readonly Found[]): Found[] {
  const spans: Found[] = [];
  for (const each of found) {
    const last = spans.at(-1);
    if (last === undefined || each.start >= last.end) spans.push(each);
    else if (each.end > last.end) spans[spans.length - 1] = { ...last, end: each.end };
  }
  return spans;
}
