import { expect, test } from 'vitest';
import { finderOf, wordsOf } from './words';

const marked = (search: string, text: string) => text.match(finderOf(wordsOf(search)) ?? /(?!)/g) ?? [];

test('whole words are marked, whatever their case', () => {
  expect(marked('Weir 4.21', 'A WEIR, weirs: 4.21 and 421; Überweir')).toEqual(['WEIR', '4', '21']);
  expect(marked('über', 'Über übers')).toEqual(['Über']);
});

test('what is typed is never a pattern', () => {
  expect(wordsOf('.* (a+)+$ [x]')).toEqual(['a', 'x']);
  expect(finderOf(wordsOf(' .*? '))).toBeNull();
});
