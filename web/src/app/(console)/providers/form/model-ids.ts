const MAX_CHARACTERS = 255;

/** Ids out of pasted text, one a line or separated by commas, in their order and each once. */
export function parseModelIds(text: string): string[] {
  const ids = text
    .split(/[\r\n,]+/)
    .map((line) =>
      line
        .trim()
        .replace(/^[-*•]\s+/, '')
        .replace(/^(["'`])(.*)\1$/, '$2'),
    )
    .filter((line) => line !== '');
  return [...new Set(ids)];
}

/** What is wrong with one model id; null when it may be used. */
export function modelIdProblem(id: string): string | null {
  if (/\s/.test(id)) return `“${id}” has a space; enter one id a line.`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(id)) return 'An id has a character that cannot be shown; type it again.';
  if (id.length > MAX_CHARACTERS) return `“${id.slice(0, 24)}…” is longer than ${MAX_CHARACTERS} characters.`;
  return null;
}

/** The first thing wrong with a list; null when it may be saved. */
export function modelsProblem(ids: readonly string[]): string | null {
  for (const id of ids) {
    const problem = modelIdProblem(id);
    if (problem) return problem;
  }
  return null;
}
