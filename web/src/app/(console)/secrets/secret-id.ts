export const SECRET_ID = /^[A-Z][A-Z0-9_]{0,127}$/;
const MAX_CHARACTERS = 128;

/** `openai-prod key` -> `OPENAI_PROD_KEY`. Empty when nothing of the text can stand in an id. */
export function toSecretId(text: string): string {
  const latin = text.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase();
  const words = latin.replace(/[^A-Z0-9]+/g, '_').replace(/^[_0-9]+|_+$/g, '');
  return words.slice(0, MAX_CHARACTERS).replace(/_+$/, '');
}

/**
 * An id nobody uses yet: the type's own suggestion, then one made of the provider's name, then numbered.
 * `suggested` is for example `OPENAI_API_KEY`, `providerName` for example `openai-eu`.
 */
export function freeSecretId(suggested: string, providerName: string, takenIds: readonly string[]): string {
  const stem = toSecretId(providerName);
  const named = stem === '' ? suggested : toSecretId(`${stem.slice(0, MAX_CHARACTERS - 12)}_API_KEY`);
  for (const id of [suggested, named]) if (!takenIds.includes(id)) return id;
  for (let number = 2; ; number++) {
    const id = `${named}_${number}`;
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

/** What is wrong with a pasted secret value; null when it may be used. The value itself is never repeated. */
export function secretValueProblem(value: string): string | null {
  const trimmed = value.trim();
  if (trimmed === '') return null;
  if (/^weir_/.test(trimmed)) return 'This is a token of this gateway. Paste the key the upstream gave you.';
  if (/^(['"“”`]).*\1$/.test(trimmed) || /^“.*”$/.test(trimmed)) return 'Leave out the quotation marks.';
  if (/^bearer\s/i.test(trimmed)) return 'Leave out the word “Bearer”.';
  if (/\s/.test(trimmed)) return 'There is a space or line break inside; copy the key again.';
  if (/[^\x21-\x7e]/.test(trimmed)) return 'There is a character that no key contains; copy the key again.';
  return null;
}
