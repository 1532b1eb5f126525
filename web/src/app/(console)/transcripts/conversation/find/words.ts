const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const MAX_WORDS = 20;

/** Words as the search takes them: cut at everything that is neither letter nor digit, each once, without case. */
export function wordsOf(search: string): string[] {
  const found = search.normalize('NFKC').toLowerCase().match(WORD) ?? [];
  return [...new Set(found)].slice(0, MAX_WORDS);
}

/** Finds any of the words, as whole words; null = there is none to look for. */
export function finderOf(words: readonly string[]): RegExp | null {
  if (words.length === 0) return null;
  const longestFirst = words.toSorted((a, b) => b.length - a.length);
  return new RegExp(`(?<![\\p{L}\\p{N}\\p{M}])(?:${longestFirst.join('|')})(?![\\p{L}\\p{N}\\p{M}])`, 'giu');
}
