import { credentialKind } from '@weir/contracts';
import type { ProviderScope } from '@weir/providers';
import { definitionOf } from '../settings.js';

/** What of a provider decides which endpoints it can serve. */
export function scopeOf(provider: {
  readonly type: string;
  readonly models: readonly string[];
  readonly credentialKind: string;
  readonly passthrough: boolean;
}): ProviderScope {
  const kind = credentialKind.safeParse(provider.credentialKind);
  const { models, passthrough } = provider;
  return {
    type: definitionOf(provider.type).type,
    credentialKind: kind.success ? kind.data : null,
    ...{ models, passthrough },
  };
}
