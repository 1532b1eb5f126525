export interface Scope {
  readonly providers: readonly string[];
  readonly models: readonly string[];
  readonly apps: readonly string[];
  readonly environments: readonly string[];
  readonly unpricedOnly: boolean;
}

const SHOWN = 2;

/** What narrows a restatement, in a few words: `openai, anthropic; gpt-4o; unpriced only`. Empty = every call. */
export function scopeText(scope: Scope): string {
  const lists = [scope.providers, scope.models, scope.apps, scope.environments].filter(({ length }) => length > 0);
  return [...lists.map(listText), ...(scope.unpricedOnly ? ['unpriced only'] : [])].join('; ');
}

function listText(values: readonly string[]): string {
  const shown = values.slice(0, SHOWN).join(', ');
  return values.length > SHOWN ? `${shown} and ${values.length - SHOWN} more` : shown;
}
