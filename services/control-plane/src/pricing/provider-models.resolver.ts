import { Args, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../platform/policy.js';
import { CurrentViewer, type Viewer } from '../platform/viewer.js';
import { ProviderModelsService } from './provider-models.service.js';
import { ProviderModel } from './provider-models.types.js';

@Resolver(() => ProviderModel)
export class ProviderModelsResolver {
  constructor(private readonly models: ProviderModelsService) {}

  @Query(() => [ProviderModel], {
    description: 'Models that a provider exposes, overrides or was asked for in the last 7 days; biggest spend first.',
  })
  @Allow('provider.read')
  providerModels(
    @CurrentViewer() viewer: Viewer,
    @Args('provider', { type: () => String }) provider: string,
  ): Promise<ProviderModel[]> {
    return this.models.list(viewer, provider);
  }
}
