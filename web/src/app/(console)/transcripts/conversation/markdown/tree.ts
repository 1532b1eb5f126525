import MarkdownIt, { type Token } from 'markdown-it';

/** A mark of the text and what stands in it. */
export interface MarkdownNode {
  /** Of the parser, without `_open`: `paragraph`, `link`, `text` … */
  readonly kind: string;
  readonly token: Token;
  readonly children: readonly MarkdownNode[];
}

/** Of one text; a page with more elements would stand still. */
const MAX_NODES = 20_000;

// Markup of HTML stays text, and an address is one only where it is written as one. Whether it may be followed is
// decided where it is drawn.
const parser = new MarkdownIt({ html: false, linkify: false, typographer: false, maxNesting: 40 });
parser.validateLink = () => true;

/** @returns null where the text has too many marks to be drawn */
export function markdownTree(text: string): MarkdownNode[] | null {
  const tokens = parser.parse(text, {});
  const size = tokens.reduce((sum, { children }) => sum + 1 + (children?.length ?? 0), 0);
  return size > MAX_NODES ? null : nested(tokens);
}

function nested(tokens: readonly Token[]): MarkdownNode[] {
  const top: MarkdownNode[] = [];
  const open: MarkdownNode[][] = [top];
  for (const token of tokens) {
    if (token.nesting < 0) {
      if (open.length > 1) open.pop();
      continue;
    }
    const children = token.nesting === 0 && token.children !== null ? nested(token.children) : [];
    const node = { kind: token.type.replace(/_open$/, ''), token, children };
    open.at(-1)?.push(node);
    if (token.nesting > 0) open.push(children);
  }
  return top;
}
