import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../platform/policy.js';
import { CatalogService } from './catalog.service.js';
import { CatalogModel } from './pricing.types.js';

@Resolver(() => CatalogModel)
export class CatalogResolver {
  constructor(private readonly catalog: CatalogService) {}

  @Query(() => [CatalogModel], {
    description:
      'Catalog models of a provider type by id, with published rates. `after` is the id of the last one of the page before.',
  })
  @Allow('provider.read')
  catalogModels(
    @Args('type', { type: () => String }) type: string,
    @Args('search', { type: () => String, nullable: true }) search: string | null,
    @Args('capability', { type: () => String, nullable: true }) capability: string | null,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<CatalogModel[]> {
    const page = { first: first ?? 50, after: after ?? null };
    return this.catalog.models(type, { search: search ?? '', capability: capability ?? null, ...page });
  }
}
