import { diffLines, diffWordsWithSpace } from 'diff';

/** A stretch of a text that stayed, came or went. */
export interface Stretch {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** Texts of which more is not the same at both ends are compared by lines, or not at all. */
const BY_WORDS_UP_TO = 20_000;
const BY_LINES_UP_TO = 1_000_000;
/** Below what a person takes for standing still. */
const MAX_MS = 150;
const MAX_EDITS = 4_000;

/** What became of a text; null = there is too much of it, or it has too little in common. */
export function textDiff(before: string, after: string): Stretch[] | null {
  const head = commonHead(before, after);
  const tail = commonTail(before, after, head);
  const [old, now] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  const middle = middleDiff(old, now);
  if (middle === null) return null;
  const ends = (text: string): Stretch[] => (text === '' ? [] : [{ kind: 'same', text }]);
  return [...ends(before.slice(0, head)), ...middle, ...ends(before.slice(before.length - tail))];
}

function middleDiff(before: string, after: string): Stretch[] | null {
  if (before === '' && after === '') return [];
  if (before === '') return [{ kind: 'added', text: after }];
  if (after === '') return [{ kind: 'removed', text: before }];
  const size = before.length + after.length;
  if (size > BY_LINES_UP_TO) return null;
  const bounds = { timeout: MAX_MS, maxEditLength: MAX_EDITS };
  const found =
    (size <= BY_WORDS_UP_TO ? diffWordsWithSpace(before, after, bounds) : undefined) ??
    diffLines(before, after, bounds);
  return (
    found?.map(({ value, added, removed }) => ({
      kind: added ? 'added' : removed ? 'removed' : 'same',
      text: value,
    })) ?? null
  );
}

/** At a space, so that a word is compared whole; both halves of a character stay together. */
const isBoundary = (text: string, at: number) => /\s/.test(text[at - 1] ?? ' ');

function commonHead(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  if (at === a.length && at === b.length) return at;
  while (at > 0 && !isBoundary(a, at)) at--;
  return at;
}

function commonTail(a: string, b: string, head: number): number {
  const most = Math.min(a.length, b.length) - head;
  let length = 0;
  while (length < most && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length++;
  while (length > 0 && !isBoundary(a, a.length - length)) length--;
  return length;
}

const CONTEXT_CHARACTERS = 240;
const FOLDED_FROM = 2_000;

/** A long stretch that stayed, by what stands beside the changes; null = it is shown whole. */
export function folded(text: string, place: { isFirst: boolean; isLast: boolean }) {
  if (text.length < FOLDED_FROM) return null;
  const [head, tail] = [place.isFirst ? 0 : CONTEXT_CHARACTERS, place.isLast ? 0 : CONTEXT_CHARACTERS];
  return {
    head: text.slice(0, head),
    left: text.length - head - tail,
    tail: tail === 0 ? '' : text.slice(-tail),
  };
}
