import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../platform/policy.js';
import { CurrentViewer, type Viewer } from '../platform/viewer.js';
import { CreateSecretInput, RotateSecretInput } from './secrets.inputs.js';
import { SecretsService } from './secrets.service.js';
import { SecretType } from './secrets.types.js';

@Resolver(() => SecretType)
export class SecretsResolver {
  constructor(private readonly secrets: SecretsService) {}

  @Query(() => [SecretType], { name: 'secrets' })
  @Allow('secret.read')
  list(@CurrentViewer() viewer: Viewer): Promise<SecretType[]> {
    return this.secrets.list(viewer);
  }

  @Mutation(() => SecretType)
  @Allow('secret.write')
  createSecret(@CurrentViewer() viewer: Viewer, @Args('input') input: CreateSecretInput): Promise<SecretType> {
    return this.secrets.create(viewer, input);
  }

  @Mutation(() => SecretType)
  @Allow('secret.write')
  rotateSecret(@CurrentViewer() viewer: Viewer, @Args('input') input: RotateSecretInput): Promise<SecretType> {
    return this.secrets.rotate(viewer, input);
  }

  @Mutation(() => Boolean)
  @Allow('secret.write')
  deleteSecret(
    @CurrentViewer() viewer: Viewer,
    @Args('secretId', { type: () => String }) secretId: string,
  ): Promise<boolean> {
    return this.secrets.delete(viewer, secretId);
  }
}
