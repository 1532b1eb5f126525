import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../platform/policy.js';
import { CurrentViewer, type Viewer } from '../platform/viewer.js';
import { VersionsService } from './versions.service.js';
import { PriceVersionType } from './versions.types.js';

@Resolver(() => PriceVersionType)
export class VersionsResolver {
  constructor(private readonly versions: VersionsService) {}

  @Query(() => [PriceVersionType], { description: 'Newest first.' })
  @Allow('provider.read')
  priceVersions(): Promise<PriceVersionType[]> {
    return this.versions.list();
  }

  @Mutation(() => PriceVersionType, { description: 'Puts a held version in force for calls that begin from now on.' })
  @Allow('provider.write')
  acceptPriceVersion(
    @CurrentViewer() viewer: Viewer,
    @Args('id', { type: () => String }) id: string,
  ): Promise<PriceVersionType> {
    return this.versions.accept(viewer, id);
  }
}
