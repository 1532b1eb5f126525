import { expect, it } from 'vitest';
import { parseList, printList } from './list';

it.each([
  [[]],
  [['']],
  [['', 'a']],
  [['~', '~~', '~a', 'a~']],
  [['a,b', ',', '%2C', '%252C', 'a%2Cb,c']],
  [['gpt-4o', 'x=y', 'müller@example.com', ' ']],
])('%j comes back from an address as it went in', (values) => {
  const search = new URLSearchParams({ users: printList(values) }).toString();
  expect(parseList(new URLSearchParams(search).get('users') ?? '')).toEqual(values);
});

it('the names of other pages’ links are read as they are', () => {
  expect(parseList('a,b%2Cc')).toEqual(['a', 'b,c']);
  expect(parseList(',a')).toEqual(['', 'a']);
});
