import { expect, test } from 'vitest';
import { MARKDOWN_MAX_CHARACTERS } from './limit';
import { type MarkdownNode, markdownTree } from './tree';

const kinds = (nodes: readonly MarkdownNode[]): string[] =>
  nodes.flatMap(({ kind, children }) => [kind, ...kinds(children)]);
const texts = (nodes: readonly MarkdownNode[]): string =>
  nodes.map(({ kind, token, children }) => (kind === 'text' ? token.content : texts(children))).join('');

test('marks become a tree, with what stands in them', () => {
  const tree = markdownTree('# A *b*\n\n- `c` [d](https://e.example)') ?? [];
  expect(kinds(tree)).toEqual([
    ...['heading', 'inline', 'text', 'em', 'text', 'bullet_list', 'list_item', 'paragraph', 'inline'],
    ...['code_inline', 'text', 'link', 'text'],
  ]);
});

test('HTML is text, and no address is one that is not written as one', () => {
  const text = '<script>x</script> <img src=x onerror=y> https://a.example www.b.example c@d.example';
  expect(kinds(markdownTree(text) ?? [])).toEqual(['paragraph', 'inline', 'text']);
  expect(texts(markdownTree(text) ?? [])).toBe(text);
});

test.each(['>', '- ', '[', '![', '*a_ ', '`a', '[a](b) ', '|a|\n', '~~a', '* a\n  ', 'a**b', '<http:a>'])(
  'many %j end: as a tree of bounded depth, or as none',
  (mark) => {
    const depth = (nodes: readonly MarkdownNode[]): number =>
      nodes.length === 0 ? 0 : 1 + Math.max(...nodes.map(({ children }) => depth(children)));
    const tree = markdownTree(mark.repeat(MARKDOWN_MAX_CHARACTERS / 4 / mark.length));
    expect(depth(tree ?? [])).toBeLessThan(100);
  },
);

test('what has more marks than a page can draw is none', () => {
  expect(markdownTree('*a* '.repeat(MARKDOWN_MAX_CHARACTERS / 4))).toBeNull();
});
