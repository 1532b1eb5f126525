import { createParser, parseAsStringLiteral } from 'nuqs';

const PAIR = /^([0-9a-f-]{36})\.\.([0-9a-f-]{36})$/;

/** Two turns whose prompts are compared: `before..after`. */
const pair = createParser({
  parse(text) {
    const [, before, after] = PAIR.exec(text) ?? [];
    return before !== undefined && after !== undefined ? { before, after } : null;
  },
  serialize: ({ before, after }) => `${before}..${after}`,
  eq: (a, b) => a.before === b.before && a.after === b.after,
});

/** The address is the state of the screen; the turn it stands at is its fragment. */
export const viewParsers = {
  view: parseAsStringLiteral(['chat', 'detailed'] as const).withDefault('chat'),
  text: parseAsStringLiteral(['text', 'markdown'] as const).withDefault('text'),
  from: parseAsStringLiteral(['oldest', 'newest'] as const).withDefault('oldest'),
  diff: pair,
};
