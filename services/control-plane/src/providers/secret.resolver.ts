import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow, permissionsOf } from '../platform/policy.js';
import { CurrentViewer, type Viewer } from '../platform/viewer.js';
import { SecretType } from '../secrets/secrets.types.js';
import { ProviderCredential } from './credential.types.js';
import { ProviderObject } from './providers.types.js';

/** Reading providers is not reading secrets: which key a provider uses stays with those who may read both. */
@Resolver(() => ProviderObject)
export class ProviderSecretResolver {
  @ResolveField(() => SecretType, { nullable: true })
  @Allow('provider.read')
  secret(@Parent() provider: ProviderObject, @CurrentViewer() viewer: Viewer): SecretType | null {
    return permissionsOf(viewer).includes('secret.read') ? provider.secret : null;
  }

  @ResolveField(() => [ProviderCredential])
  @Allow('provider.read')
  credentials(@Parent() provider: ProviderObject, @CurrentViewer() viewer: Viewer): ProviderCredential[] {
    if (permissionsOf(viewer).includes('secret.read')) return provider.credentials;
    return provider.credentials.map(({ slot }) => ({ slot, secret: null }));
  }
}
