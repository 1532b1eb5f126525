export const PROVIDER_NAME = /^[a-z][a-z0-9-]{0,62}$/;
const MAX_CHARACTERS = 63;

/** `Müller GmbH: GPT (EU)` -> `muller-gmbh-gpt-eu`. Empty when nothing of the text can stand in a name. */
export function nameFromDisplayName(displayName: string): string {
  const latin = displayName.replaceAll('ß', 'ss').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = latin
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const name = /^[0-9]/.test(words) ? `p-${words}` : words;
  return name.slice(0, MAX_CHARACTERS).replace(/-+$/, '');
}

/** What is wrong with a name, in one sentence; null when it may be used. An empty name is missing, not wrong. */
export function nameProblem(name: string, takenNames: readonly string[]): string | null {
  if (name === '') return null;
  if (/[A-Z]/.test(name)) return 'Use lowercase letters only.';
  const stray = /[^a-z0-9-]/u.exec(name);
  if (stray) {
    const shown = /\s/.test(stray[0]) ? 'A space' : `“${stray[0]}”`;
    return `${shown} cannot be used: only lowercase letters, digits and hyphens.`;
  }
  if (!/^[a-z]/.test(name)) return 'Start with a letter.';
  if (name.length > MAX_CHARACTERS) return `Use at most ${MAX_CHARACTERS} characters; this is ${name.length}.`;
  if (takenNames.includes(name)) return `A provider named “${name}” exists already.`;
  return null;
}
