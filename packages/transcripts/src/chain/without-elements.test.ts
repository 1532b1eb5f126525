import { describe, expect, it } from 'vitest';
import { withoutElements } from './without-elements.js';

describe('text without elements', () => {
  it.each([
    ['a<x>1</x>b<y>2</y>c<x>3</x>', 'abc'],
    ['a<x>1<x>2</x>b', 'ab'],
    ['a<y><x>1</x></y>b', 'ab'],
    ['a<x>open', 'a<x>open'],
    ['</x>a', '</x>a'],
  ])('%s is %s', (text, kept) => {
    expect(withoutElements(text, ['x', 'y'])).toBe(kept);
  });

  it('a million that are never closed are looked at once', () => {
    const text = '<x>'.repeat(1_000_000);
    expect(withoutElements(text, ['x', 'y'])).toBe(text);
  });
});
