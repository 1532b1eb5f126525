import { InputError } from '../platform/errors.js';
import type { SavedViewInput } from './saved-views.types.js';

const MAX_NAME_CHARACTERS = 100;
/** Half of what servers and browsers commonly take as an address. */
const MAX_QUERY_CHARACTERS = 4_096;
/** What may stand in the query of an address (RFC 3986 section 3.4, and `[ ] { } | ^ \` as browsers leave them). */
const QUERY = /^[!$-;=?-~]*$/;

/** @throws InputError on `name` or `query` */
export function parseView({ name: rawName, query, shared }: SavedViewInput): SavedViewInput {
  const name = rawName.trim();
  if (name === '' || name.length > MAX_NAME_CHARACTERS || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(name)) {
    const message = `Enter a name of 1 to ${MAX_NAME_CHARACTERS} characters on one line.`;
    throw new InputError('NAME_INVALID', message, 'input.name');
  }
  if (query.length > MAX_QUERY_CHARACTERS) {
    const message = `The view has more filters than fit into an address of ${MAX_QUERY_CHARACTERS} characters. Name fewer.`;
    throw new InputError('QUERY_TOO_LONG', message, 'input.query');
  }
  if (!QUERY.test(query) || query.startsWith('?') || !isEncoded(query)) {
    const message = 'Pass the search string of the address as it stands there, percent-encoded and without "?".';
    throw new InputError('QUERY_INVALID', message, 'input.query');
  }
  return { name, query, shared };
}

function isEncoded(query: string): boolean {
  try {
    decodeURIComponent(query);
    return true;
  } catch {
    return false;
  }
}
