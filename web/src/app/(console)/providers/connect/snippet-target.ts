import type { SnippetTarget } from '@weir/snippets';
import type { Provider } from '../[name]/client';

/** A provider as the snippets want it. `model` null = one the type is known for. */
export function snippetTarget(provider: Provider, model: string | null): SnippetTarget {
  const settings = Object.fromEntries(provider.settings.map(({ name, value }) => [name, value]));
  return { ...provider, settings, model };
}
