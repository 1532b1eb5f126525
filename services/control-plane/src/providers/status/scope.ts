import { credentialKind, providerType } from '@weir/contracts';
import type { ProviderScope } from '@weir/providers';

/** What of a provider decides which endpoints it can serve; null for a type that this release does not know. */
export function scopeOf(provider: {
  readonly type: string;
  readonly models: readonly string[];
  readonly credentialKind: string;
  readonly passthrough: boolean;
}): ProviderScope | null {
  const type = providerType.safeParse(provider.type);
  if (!type.success) return null;
  const kind = credentialKind.safeParse(provider.credentialKind);
  const { models, passthrough } = provider;
  return {
    type: type.data,
    credentialKind: kind.success ? kind.data : null,
    ...{ models, passthrough },
  };
}
