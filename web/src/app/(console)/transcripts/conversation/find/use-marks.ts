'use client';
import { createContext, type RefObject, useContext, useEffect } from 'react';
import { finderOf } from './words';

const Words = createContext<readonly string[]>([]);
/** Words that are looked for: what is folded and holds one of them opens. */
export const FoundWordsProvider = Words.Provider;

const NAME = 'weir-found';
const MAX_MARKS = 5_000;

/** Whether a text holds one of the words that are looked for. */
export function useIsFound(text: string): boolean {
  const finder = finderOf(useContext(Words));
  return finder?.test(text) ?? false;
}

/** The first line that holds one of the words that are looked for; -1 = none does. */
export function useFoundLine(lines: readonly string[]): number {
  const words = useContext(Words);
  const finder = finderOf(words);
  if (finder === null) return -1;
  return lines.findIndex((line) => {
    finder.lastIndex = 0;
    return finder.test(line);
  });
}

/**
 * Marks words in what is in the document, also in what comes into sight later. The document stays as it is: a browser
 * that cannot mark leaves them unmarked.
 */
export function useMarks(root: RefObject<HTMLElement | null>, words: readonly string[]): void {
  const key = words.join(' ');
  useEffect(() => {
    const element = root.current;
    const finder = finderOf(key === '' ? [] : key.split(' '));
    if (!element || !finder || typeof Highlight === 'undefined') return;
    let asked = 0;
    const mark = () => {
      asked = 0;
      CSS.highlights.set(NAME, new Highlight(...rangesIn(element, finder)));
    };
    const later = () => {
      if (asked === 0) asked = requestAnimationFrame(mark);
    };
    const observer = new MutationObserver(later);
    observer.observe(element, { childList: true, subtree: true, characterData: true });
    mark();
    return () => {
      observer.disconnect();
      cancelAnimationFrame(asked);
      CSS.highlights.delete(NAME);
    };
  }, [root, key]);
}

function rangesIn(element: HTMLElement, finder: RegExp): Range[] {
  const ranges: Range[] = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest('[data-said]') ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT,
  );
  for (let node = walker.nextNode(); node !== null && ranges.length < MAX_MARKS; node = walker.nextNode()) {
    for (const { index, 0: word } of (node.nodeValue ?? '').matchAll(finder)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      ranges.push(range);
    }
  }
  return ranges;
}
