import { type DocumentNode, Kind, visit } from 'graphql';

const NUL = '\u0000';

/** Whether any text in the variables or the document holds U+0000, which PostgreSQL stores in no text column. */
export function holdsNul(variables: unknown, document: DocumentNode): boolean {
  return inVariables(variables) || inLiterals(document);
}

/** Without recursion: a body may nest deeper than the stack. */
function inVariables(root: unknown): boolean {
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string' && value.includes(NUL)) return true;
    if (typeof value === 'object' && value !== null) {
      for (const inner of Object.values(value)) open.push(inner);
    }
  }
  return false;
}

function inLiterals(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    [Kind.STRING](node) {
      found ||= node.value.includes(NUL);
    },
  });
  return found;
}
