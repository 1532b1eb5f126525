import { PROVIDER_TYPE_DEFINITIONS, type ProviderTypeDefinition, providerTypeOf } from '@weir/providers';

export const dialectOf: (type: ProviderTypeDefinition['type']) => ProviderTypeDefinition = providerTypeOf;

/** Header names that can carry a credential in any dialect; none of them goes on unasked. */
export const CREDENTIAL_HEADERS: ReadonlySet<string> = new Set(
  PROVIDER_TYPE_DEFINITIONS.flatMap((definition) => definition.credentialHeaders),
);
