import { shell } from './literal.js';
import { TOKEN_VARIABLE } from './target.js';

/** Stands for a token that is not known here. */
export const TOKEN_PLACEHOLDER = 'weir_…';

/** The line that puts a token where every guide reads it. */
export function exportToken(token: string): string {
  return `export ${TOKEN_VARIABLE}=${shell(token)}`;
}
