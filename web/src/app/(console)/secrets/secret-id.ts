export const SECRET_ID = /^[A-Z][A-Z0-9_]{0,127}$/;
const MAX_CHARACTERS = 128;

/** `openai-prod key` -> `OPENAI_PROD_KEY`. Empty when nothing of the text can stand in an id. */
export function toSecretId(text: string): string {
  const latin = text.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase();
  const words = latin.replace(/[^A-Z0-9]+/g, '_').replace(/^[_0-9]+|_+$/g, '');
  return words.slice(0, MAX_CHARACTERS).replace(/_+$/, '');
}

/**
 * An id nobody uses yet: the suggestion, then one made of `named`, then numbered.
 * `suggested` is for example `OPENAI_API_KEY`, `named` for example `openai-eu_api_key`.
 */
export function freeSecretId(suggested: string, named: string, takenIds: readonly string[]): string {
  const own =
    toSecretId(named)
      .slice(0, MAX_CHARACTERS - 4)
      .replace(/_+$/, '') || suggested;
  for (const id of [suggested, own]) if (!takenIds.includes(id)) return id;
  for (let number = 2; ; number++) {
    const id = `${own}_${number}`;
    if (!takenIds.includes(id)) return id;
  }
}

/** What is wrong with a new secret's id; null when it may be used. An empty one is missing, not wrong. */
export function secretIdProblem(id: string, takenIds: readonly string[]): string | null {
  if (id === '') return null;
  if (/[a-z]/.test(id)) return 'Use capital letters only, for example OPENAI_API_KEY.';
  const stray = /[^A-Z0-9_]/u.exec(id);
  if (stray) {
    const shown = /\s/.test(stray[0]) ? 'A space' : `“${stray[0]}”`;
    return `${shown} cannot be used: only capital letters, digits and underscores.`;
  }
  if (!/^[A-Z]/.test(id)) return 'Start with a letter.';
  if (id.length > MAX_CHARACTERS) return `Use at most ${MAX_CHARACTERS} characters; this is ${id.length}.`;
  if (takenIds.includes(id)) return `A secret ${id} exists already. Choose it under Existing, or use another id.`;
  return null;
}
