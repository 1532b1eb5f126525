import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../platform/policy.js';
import { CatalogService } from './catalog.service.js';
import { CatalogModel } from './pricing.types.js';

@Resolver(() => CatalogModel)
export class CatalogResolver {
  constructor(private readonly catalog: CatalogService) {}

  @Query(() => [CatalogModel], {
    description: 'Catalog models of a provider type, with published rates, for the model picker.',
  })
  @Allow('provider.read')
  catalogModels(
    @Args('providerType', { type: () => String }) providerType: string,
    @Args('search', { type: () => String, nullable: true }) search: string | null,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
  ): Promise<CatalogModel[]> {
    return this.catalog.models(providerType, search ?? '', first ?? 50);
  }
}
